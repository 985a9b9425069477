import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Logged, LoggedCall, LoggedEvent } from './log-line.ts'
import { modelLog } from './test/model-log.ts'
import { validate } from './validate.ts'

const numbered = (lines: readonly (LoggedCall | LoggedEvent)[]): Logged[] =>
  lines.map((line, i) => ({ ...line, line: i + 1 }))
const opening: LoggedEvent = { event: 'open', pid: 1, fd: 3 }
const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 60, size: 'max' })
const statuses = (lines: readonly (LoggedCall | LoggedEvent)[]) =>
  validate(numbered(lines), 'mock').verdicts.map(({ line, status, reason }) => ({
    line,
    status,
    reason,
  }))
const wrong = (lines: readonly (LoggedCall | LoggedEvent)[]) =>
  statuses(lines).filter(({ status }) => status !== 'predicted')

/**
 * Answers that the model cannot give in place of one: an errno that it does not have, ids that are
 * not the lowest.
 */
const perturbed = (call: LoggedCall, how: number): LoggedCall => {
  const ids = Object.entries(call.out ?? {})
  if (call.ret < 0 || how === 0 || ids.length === 0)
    return { ...call, out: {}, ret: -1, errno: call.errno === 1 ? 28 : 1 }
  const [field, id] = ids[how % ids.length]
  return { ...call, out: { ...call.out, [field]: Number(id) + 1 } }
}

describe('logs that the model itself has made', () => {
  it('are predicted, call by call', () => {
    fc.assert(
      fc.property(choices, (numbers) => {
        expect(wrong([opening, ...modelLog(numbers)])).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('are rejected at the call whose answer was changed', () => {
    fc.assert(
      fc.property(choices, fc.nat(), fc.nat(2), (numbers, where, how) => {
        const calls = modelLog(numbers)
        fc.pre(calls.length > 0)
        const at = where % calls.length
        const log = [opening, ...calls.map((call, i) => (i === at ? perturbed(call, how) : call))]
        const [first] = wrong(log)
        expect(first).toMatchObject({ line: at + 2, status: 'rejected' })
      }),
      { numRuns: 60 },
    )
  })

  it('are predicted when two processes, each with a context of its own, take turns', () => {
    fc.assert(
      fc.property(choices, choices, fc.array(fc.boolean()), (one, other, turns) => {
        const left = modelLog(one).map((call) => ({ ...call, pid: 7 }))
        const right = modelLog(other).map((call) => ({ ...call, pid: 8 }))
        const log: (LoggedCall | LoggedEvent)[] = [
          { ...opening, pid: 7 },
          { ...opening, pid: 8 },
        ]
        for (const turn of turns) log.push(...(turn ? left : right).splice(0, 1))
        expect(wrong([...log, ...left, ...right])).toEqual([])
      }),
      { numRuns: 20 },
    )
  })

  it('are predicted when calls overlap, whatever the order of their lines', () => {
    const spans = fc.array(fc.tuple(fc.nat(25), fc.nat(25)), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), spans, (numbers, around) => {
        const calls = modelLog(numbers).map((call, i) => ({
          ...call,
          begin: 10 * i - around[i][0] / 2,
          end: 10 * i + around[i][1] / 2,
        }))
        const lines = [
          { ...opening, begin: -100, end: -99 },
          ...calls.sort((a, b) => a.end - b.end),
        ]
        const { verdicts, cut } = validate(numbered(lines), 'mock')
        expect(
          cut.length > 0 ? [] : verdicts.filter(({ status }) => status !== 'predicted'),
        ).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
