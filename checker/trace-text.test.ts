import { expect, it } from 'vitest'
import { retrace } from './retrace.ts'
import type { TraceStep } from './report.ts'
import { shelf } from './test/shelf.ts'
import { stepText, traceText } from './trace-text.ts'
import { check } from './check.ts'
import { twoLocks } from './zoo/two-locks.ts'

it('says of each step the arguments with their ids, the outcome and what changed', () => {
  const trace: TraceStep[] = [
    { action: 'make', args: { as: 'book[1]', fails: null }, outcome: 'ok' },
    { action: 'part', args: { as: 'book[0]', of: 'book[1]' }, outcome: 'ok' },
    { action: 'make', args: { as: 'book[2]', fails: 'print' }, outcome: 'ENOMEM' },
    { action: 'drop', args: { what: 'book[0]', how: 'give' }, outcome: 'ok' },
    { action: 'put', args: { what: 'book[0]' }, outcome: 'unaccepted' },
  ]
  expect(traceText(retrace(shelf(3), trace))).toBe(
    [
      '  1. make as=book[1] (gets id 1) → ok',
      '       book[1] (id 1): free → live, copies 0 → 1',
      '  2. part as=book[0] (gets id 2) of=book[1] (id 1) → ok',
      '       book[0] (id 2): free → live, parent null → book[1] (id 1), copies 0 → 1',
      '  3. make as=book[2] fails=print → ENOMEM',
      '  4. drop what=book[0] (id 2) how=give → ok',
      '       book[0] (id 2): live → free, parent book[1] (id 1) → null, copies 1 → 0',
      '  5. put what=book[0] → unaccepted',
      `       book[0] does not accept 'put' in "free"`,
    ].join('\n'),
  )
})

it('goes on in another line where a step changes much', () => {
  const local = (value: string, context: Record<string, string>) =>
    ({ value, context, status: 'active' }) as never
  const words = (word: string) =>
    Object.fromEntries(['one', 'two', 'three'].map((field) => [field, `${word} `.repeat(4).trim()]))
  const step = {
    step: { action: 'act', args: {}, outcome: 'ok' },
    before: new Map([['thing[0]', local('a', words('before'))]]),
    after: new Map([['thing[0]', local('b', words('behind'))]]),
    ids: new Map<string, number>(),
    note: null,
  }
  expect(stepText(step, 1, new Map()).split('\n')).toEqual([
    '  1. act → ok',
    '       thing[0]: a → b, one before before before before → behind behind behind behind,',
    '         two before before before before → behind behind behind behind,',
    '         three before before before before → behind behind behind behind',
  ])
})

it('says in what a slot that is taken differs from the others of its kind', () => {
  const slot = (size: string) =>
    ({ value: 'free', context: { size, colour: 'red' }, status: 'active' }) as never
  const initial = new Map([
    ['slot[0]', slot('big')],
    ['slot[1]', slot('small')],
  ])
  const step = { action: 'take', args: { as: 'slot[1]' }, outcome: 'ok' }
  const steps = [
    { step, before: initial, after: initial, ids: new Map([['slot[1]', 5]]), note: null },
  ]
  expect(traceText({ initial, init: null, steps, note: '' })).toBe(
    '  1. take as=slot[1] (gets id 5, size small) → ok',
  )
})

it('names the caller and where it stands', async () => {
  const system = twoLocks(false)
  const deadlock = (await check(system)).properties.find((p) => p.id === 'deadlock')
  if (deadlock?.verdict !== 'violated') throw new Error('no deadlock')
  const text = traceText(retrace(system, deadlock.trace))
  expect(text).toMatch(/1\. (forward|backward) caller=caller\[0\] → step/)
  expect(text).toMatch(/caller\[0\]: idle → running, at null → (forward|backward):lock inner$/m)
})

it('has words for a trace without steps', () => {
  expect(traceText(retrace(shelf(1), []))).toBe('   already in the initial state')
})
