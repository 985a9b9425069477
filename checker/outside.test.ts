import { assign, fromPromise, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { model } from './model.ts'
import { explore } from './reference/explore.ts'
import { system, type System } from './system.ts'

/** A machine as an application has it: a promise, a timeout, a limit on how often it is tried. */
const fetcher = setup({
  types: {
    context: {} as { tries: number; data: number | null },
    events: {} as { type: 'load' },
  },
  actors: { fetch: fromPromise<number>(() => Promise.reject(new Error('must not run'))) },
  guards: { again: ({ context }) => context.tries < 2 },
  delays: { pause: () => 50 },
}).createMachine({
  id: 'fetcher',
  initial: 'idle',
  context: { tries: 0, data: null },
  states: {
    idle: { on: { load: 'loading' } },
    loading: {
      entry: assign({ tries: ({ context }) => context.tries + 1 }),
      invoke: {
        src: 'fetch',
        onDone: { target: 'ready', actions: assign({ data: ({ event }) => event.output }) },
        onError: [{ guard: 'again', target: 'waiting' }, { target: 'failed' }],
      },
      after: { 1000: 'failed' },
    },
    waiting: { after: { pause: 'loading' } },
    ready: {},
    failed: {},
  },
})
interface Kinds {
  readonly fetcher: typeof fetcher
}
const { action, after, always, blocked, cover, each, invoke } = model<Kinds>()
const load = action('load', { one: each('fetcher') }, ({ one }) =>
  one.in('idle') ? one.send({ type: 'load' }) : blocked(),
)
const timeout = after('timeout', 'fetcher', 'loading', 1000)
const retry = after('retry', 'fetcher', 'waiting', 'pause')
const fetched = invoke('fetched', 'fetcher', 'loading', { done: [1, 2], error: [null] })
const made = (): System =>
  system<Kinds>({
    kinds: { fetcher: { machine: fetcher, count: 1 } },
    actions: [load, timeout, retry, fetched],
    properties: [
      always('two-tries', {
        says: 'It is tried twice at most.',
        holds: ({ fetcher }) => fetcher.only.context.tries <= 2,
      }),
      cover('late', {
        says: 'The second try can time out.',
        on: [timeout],
        happens: ({ before }) => before.fetcher.only.context.tries === 2,
      }),
    ],
  })

describe('delays and invoked actors as actions', () => {
  // idle; loading, waiting, ready with 1 and 2, failed, once with one try and, but for waiting,
  // once with two.
  const expected = { states: 10, transitions: 10, refusals: 0, depth: 4 }

  it('both engines count the same', async () => {
    const report = await check(made())
    expect(report).toMatchObject(expected)
    expect(explore(made())).toMatchObject(expected)
    expect(report.properties.map((p) => `${p.id} ${p.verdict}`)).toEqual([
      'accepted proved',
      'two-tries proved',
      'late covered',
    ])
    expect(report.statistics.outcomes).toEqual(
      Object.fromEntries(['load', 'timeout', 'retry', 'fetched'].map((name) => [name, ['ok']])),
    )
  })

  it('a trace names what an actor came to', async () => {
    const late = (await check(made())).properties.at(-1)
    expect(late !== undefined && 'trace' in late ? late.trace : []).toEqual([
      { action: 'load', args: { one: 'fetcher[0]' }, outcome: 'ok' },
      {
        action: 'fetched',
        args: { fetcher: 'fetcher[0]', result: 'error null' },
        outcome: 'ok',
      },
      { action: 'retry', args: { fetcher: 'fetcher[0]' }, outcome: 'ok' },
      { action: 'timeout', args: { fetcher: 'fetcher[0]' }, outcome: 'ok' },
    ])
  })
})
