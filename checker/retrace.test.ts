import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { retrace } from './retrace.ts'
import type { TraceStep } from './report.ts'
import { shelf } from './test/shelf.ts'
import { twoLocks } from './zoo/two-locks.ts'
import { twoPhaseCommit } from './zoo/two-phase-commit.ts'
import { useAfterFree } from './zoo/use-after-free.ts'

const make = (i: number): TraceStep => ({
  action: 'make',
  args: { as: `book[${i}]`, fails: null },
  outcome: 'ok',
})
const drop = (i: number, how: string): TraceStep => ({
  action: 'drop',
  args: { what: `book[${i}]`, how },
  outcome: 'ok',
})
const idsAfter = (trace: TraceStep[]) =>
  retrace(shelf(3), trace).steps.map(({ ids }) => Object.fromEntries(ids))

describe('ids along a trace', () => {
  it('are taken and given back in the order of the calls', () => {
    expect(idsAfter([make(0), make(1), drop(0, 'give'), make(2), make(0)])).toEqual([
      { 'book[0]': 1 },
      { 'book[0]': 1, 'book[1]': 2 },
      { 'book[1]': 2 },
      { 'book[1]': 2, 'book[2]': 1 },
      { 'book[1]': 2, 'book[2]': 1, 'book[0]': 3 },
    ])
  })

  it('are not taken by a call that unwinds', () => {
    const failed = { ...make(0), args: { as: 'book[0]', fails: 'print' }, outcome: 'ENOMEM' }
    expect(idsAfter([failed, make(0)])).toEqual([{}, { 'book[0]': 1 }])
  })

  it('pass over a tombstone', () => {
    expect(idsAfter([make(0), drop(0, 'tombstone'), make(0)])).toEqual([
      { 'book[0]': 1 },
      {},
      { 'book[0]': 2 },
    ])
  })
})

describe('a trace that does not go as it says', () => {
  const refused =
    (trace: TraceStep[], property: string | null = null) =>
    () =>
      retrace(shelf(2), trace, property)

  it.each<[string, TraceStep, RegExp]>([
    ['an unknown action', { ...make(0), action: 'print' }, /^CHK016 .*step 1, print, is no action/],
    [
      'a missing argument',
      { ...make(0), args: { as: 'book[0]' } },
      /^CHK016 .*lacks the argument 'fails'/,
    ],
    [
      'an argument too many',
      { ...make(0), args: { ...make(0).args, by: 1 } },
      /^CHK016 .*takes no argument 'by'/,
    ],
    ['a component that is not there', make(2), /^CHK016 .*"book\[2\]" for 'as'/],
    ['a constant that is no choice', drop(0, 'burn'), /^CHK016 .*"burn" for 'how'/],
    [
      'another outcome',
      { ...make(0), outcome: 'ENOMEM' },
      /^CHK017 .*ends with ok; the trace says ENOMEM/,
    ],
    ['a call that is not enabled', drop(0, 'give'), /^CHK017 .*step 1, drop, is not enabled/],
  ])('%s', (_, step, message) => {
    expect(refused([step])).toThrow(message)
  })

  it('a trace that does not show its property', () => {
    expect(refused([make(0)], 'two')).toThrow(/^CHK017 .*'two'/)
    expect(refused([make(0), make(1)], 'two')).not.toThrow()
  })

  it('a step after an event that was not accepted', () => {
    const put = { action: 'put', args: { what: 'book[0]' }, outcome: 'unaccepted' }
    expect(refused([put], 'accepted')).not.toThrow()
    expect(refused([put])().steps[0].note).toBe(`book[0] does not accept 'put' in "free"`)
    expect(refused([put, make(0)])).toThrow(/^CHK017 .*step 2/)
  })
})

describe('every trace that check reports', () => {
  it.each([
    ['deadlock', twoLocks(false), 'deadlock'],
    ['dangling', useAfterFree(2, 0, true, false), 'dangling'],
    ['an event that is not accepted', useAfterFree(2, 2, false, true), 'accepted'],
    ['a cover property', shelf(3), 'two'],
  ])('%s', async (_, system, id) => {
    const { properties } = await check(system)
    const found = properties.find((p) => p.id === id)
    if (found === undefined || !('trace' in found)) throw new Error(`${id} did not show`)
    expect(retrace(system, found.trace, id).steps.map((s) => s.step)).toEqual(found.trace)
  })

  it('has a note that names the components of the trace, not of the stored form', async () => {
    const dangling = (await check(useAfterFree(2, 0, true, false))).properties.find(
      (p) => p.id === 'dangling',
    )
    if (dangling?.verdict !== 'violated') throw new Error('nothing dangles')
    expect(dangling.note).toBe(
      `cache[0] refers to ${dangling.trace.at(-1)?.args['what']}, which is free`,
    )
  })

  it('has no steps where the initial state shows it', () => {
    expect(() => retrace(twoPhaseCommit(2), [], 'consistent')).toThrow(/CHK017/)
    expect(retrace(twoPhaseCommit(2), []).steps).toEqual([])
  })
})
