import { assign, emit, log, raise } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { ignore } from './lifecycle.ts'
import { explore } from './reference/explore.ts'
import { system, type System } from './system.ts'
import { act, go, loose, machineOf, things } from './test/refused.ts'

const thing = (kind: object, actions = [go()]): System =>
  system<never>({ kinds: { thing: { count: 1, ...kind } } as never, actions })

const found = async (make: () => System) => {
  const { states, transitions, properties } = await check(make())
  const plain = explore(make())
  expect({ states: plain.states, transitions: plain.transitions }).toEqual({ states, transitions })
  expect(plain.seen.has('accepted')).toBe(properties[0].verdict === 'violated')
  return { states, transitions, accepted: properties[0].verdict }
}

describe('events that no transition takes', () => {
  const once = (there: object = {}) =>
    machineOf({ initial: 'here', states: { here: { on: { go: 'there' } }, there } })

  it('are a mistake, where nothing is said of them', async () => {
    expect(await found(() => thing({ machine: once() }))).toEqual({
      states: 2,
      transitions: 1,
      accepted: 'violated',
    })
  })

  const passed = { states: 2, transitions: 2, accepted: 'proved' }

  it('are passed over where the kind says so, after its end too', async () => {
    const unhandled = 'ignore'
    expect(await found(() => thing({ machine: once(), unhandled }))).toEqual(passed)
    expect(await found(() => thing({ machine: once({ type: 'final' }), unhandled }))).toEqual(
      passed,
    )
  })

  it('are passed over where the state says so, and there alone', async () => {
    const deaf = once({ on: { go: ignore('nobody is there') } })
    expect(await found(() => thing({ machine: deaf }))).toEqual(passed)
    const both = act(({ thing }) => {
      thing.send({ type: 'go' })
      thing.send({ type: 'come' })
    })
    expect(await found(() => thing({ machine: deaf }, [both]))).toMatchObject({
      accepted: 'violated',
    })
  })

  it('are no refusal to whoever tries', async () => {
    const tries = act(({ thing }) =>
      thing.try({ type: 'never' }) === null ? loose.ok() : loose.errno('EPERM' as never),
    )
    const { statistics } = await check(thing({ machine: once(), unhandled: 'ignore' }, [tries]))
    expect(statistics.outcomes['act']).toEqual(['ok'])
  })

  it('that the machine raises itself are passed over, as XState does', async () => {
    const raising = machineOf({
      initial: 'here',
      states: {
        here: { on: { go: { target: 'there', actions: raise({ type: 'x' }) } } },
        there: {},
      },
    })
    expect(await found(() => thing({ machine: raising, unhandled: 'ignore' }))).toEqual(passed)
  })
})

it('what is logged and emitted is passed over on request', async () => {
  const actions = [log('gone'), emit({ type: 'gone' })]
  const telling = machineOf({
    initial: 'here',
    states: { here: { on: { go: { target: 'there', actions } } }, there: { on: { go: 'here' } } },
  })
  expect(await found(() => thing({ machine: telling, ignores: ['log', 'emit'] }))).toEqual({
    states: 2,
    transitions: 2,
    accepted: 'proved',
  })
})

describe('eventless transitions that are no cycle', () => {
  const started = (states: object, more: object = {}) =>
    check(things(machineOf({ initial: 'a', states, ...more }), [])).then(({ states }) => states)

  it('a state that goes to itself and does nothing', async () => {
    expect(await started({ a: { always: 'a' } })).toBe(1)
  })
  it('a cycle that a guard ends, after a thousand rounds', async () => {
    const turn = { n: ({ context }: { context: { n: number } }) => context.n + 1 }
    const states = {
      a: {
        always: {
          guard: ({ context }: { context: { n: number } }) => context.n < 1000,
          target: 'b',
        },
      },
      b: { entry: assign(turn as never), always: 'a' },
    }
    expect(await started(states, { context: { n: 0 } })).toBe(1)
  })
})

describe('delays whose guard does not hold', () => {
  it('are not possible; of the machine as a whole, too', async () => {
    const late = machineOf({
      initial: 'here',
      context: { ready: false },
      after: { 9: '.late' },
      states: {
        here: {
          after: { 5: { guard: ({ context }: { context: { ready: boolean } }) => context.ready } },
        },
        late: {},
      },
    })
    const actions = [
      loose.after('five', 'thing' as never, 'here' as never, 5),
      loose.after('nine', 'thing' as never, null, 9),
    ]
    const report = await check(thing({ machine: late }, actions as never))
    // Late it stays, however often that time passes.
    expect(report).toMatchObject({ states: 2, transitions: 2 })
    expect(report.statistics.neverEnabled).toEqual(['five'])
    expect(explore(thing({ machine: late }, actions as never))).toMatchObject({
      states: 2,
      transitions: 2,
    })
  })
})
