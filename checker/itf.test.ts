import { describe, expect, it } from 'vitest'
import { assertSameStates, fromItf, toItf, type Itf } from './itf.ts'
import { fromItfValue, toItfValue } from './itf-values.ts'
import { retrace } from './retrace.ts'
import type { TraceStep } from './report.ts'
import { shelf } from './test/shelf.ts'

const trace: TraceStep[] = [
  { action: 'make', args: { as: 'book[1]', fails: null }, outcome: 'ok' },
  { action: 'part', args: { as: 'book[0]', of: 'book[1]' }, outcome: 'ok' },
]
const retraced = retrace(shelf(2), trace)
const itf = toItf(retraced, { scope: 'shelf' })
const text = (value: unknown) => JSON.stringify(value)

describe('a trace as ITF', () => {
  it('has a state more than steps, each with every variable', () => {
    expect(itf.vars).toEqual(['action', 'args', 'outcome', 'ids', 'book[0]', 'book[1]'])
    expect(itf.states).toHaveLength(3)
    for (const [index, state] of itf.states.entries()) {
      expect(Object.keys(state)).toEqual(['#meta', ...itf.vars])
      expect(state['#meta']).toEqual({ index })
    }
  })

  it('says which call led to a state', () => {
    expect(itf.states.map((s) => s['action'])).toEqual(['init', 'make', 'part'])
    expect(itf.states[2]).toMatchObject({
      args: { as: 'book[0]', of: 'book[1]' },
      outcome: 'ok',
      ids: { 'book[1]': { '#bigint': '1' } },
    })
  })

  it('holds no number and no null outside #meta, which the format does not have', () => {
    const bare = itf.states.map(({ '#meta': _, ...vars }) => vars)
    const leaves = (value: unknown): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value]
    expect(new Set(leaves(bare).map((leaf) => typeof leaf))).toEqual(new Set(['string']))
    expect(bare[1]['book[1]']).toMatchObject({
      context: { parent: { tag: 'None', value: {} }, copies: { '#bigint': '1' } },
    })
  })

  it('is read as it was written', () => {
    const read = fromItf(text(itf))
    expect(read.trace).toEqual(trace)
    expect(read.meta['scope']).toBe('shelf')
    expect(() => assertSameStates(retrace(shelf(2), read.trace), read.states)).not.toThrow()
  })

  it('is held against the states of the replay', () => {
    const edited = text(itf).replace('"copies":{"#bigint":"1"}', '"copies":{"#bigint":"2"}')
    expect(() => assertSameStates(retraced, fromItf(edited).states)).toThrow(
      /^CHK017 .*after step 1, book\[1\] is .*"copies":1.*says .*"copies":2/,
    )
    const { 'book[0]': _, ...less } = itf.states[1]
    const without = { ...itf, states: [itf.states[0], less, itf.states[2]] }
    expect(() => assertSameStates(retraced, fromItf(text(without)).states)).toThrow(
      /^CHK017 .*the trace says absent/,
    )
  })
})

describe('values', () => {
  it.each([
    [null],
    [true],
    ['x'],
    [0],
    [-3],
    [1.5],
    [[1, [null]]],
    [{ a: { b: [] }, tag: 'None' }],
    [{}],
  ])('%j comes back', (value) => {
    expect(fromItfValue(toItfValue(value))).toEqual(value)
  })
  it('tuples and sets come as arrays', () => {
    expect(fromItfValue({ '#tup': [{ '#bigint': '1' }] })).toEqual([1])
    expect(fromItfValue({ '#set': ['a'] })).toEqual(['a'])
  })
})

describe('a malformed trace is CHK016', () => {
  const edited = (edit: (copy: { -readonly [K in keyof Itf]: never }) => void) => {
    const copy = structuredClone(itf)
    edit(copy as never)
    return text(copy)
  }
  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no states', '{"vars":[],"states":[]}'],
    ['a state that is a list', '{"states":[[]]}'],
    ['a meta entry that is no text', edited((t) => Object.assign(t, { '#meta': { scope: 1 } }))],
    [
      'a state without its action',
      edited((t) => delete (t.states as Record<string, unknown>[])[1]['action']),
    ],
    [
      'arguments that are no object',
      edited((t) => ((t.states as Record<string, unknown>[])[1]['args'] = 'x')),
    ],
    [
      'an argument that is an object',
      edited((t) => ((t.states as Record<string, unknown>[])[1]['args'] = { as: { a: 'x' } })),
    ],
    [
      'a component that is no local state',
      edited((t) => ((t.states as Record<string, unknown>[])[1]['book[0]'] = 'free')),
    ],
    [
      'a number that is none',
      edited(
        (t) => ((t.states as Record<string, unknown>[])[1]['args'] = { as: { '#bigint': 'x' } }),
      ),
    ],
    ['null', edited((t) => ((t.states as Record<string, unknown>[])[1]['args'] = { as: null }))],
  ])('%s', (_, malformed) => {
    expect(() => fromItf(malformed)).toThrow(/^CHK016 malformed trace: /)
  })
})
