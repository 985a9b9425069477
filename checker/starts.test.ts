import fc from 'fast-check'
import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { assertSameStates, fromItf, toItf } from './itf.ts'
import { model } from './model.ts'
import { play, start } from './play.ts'
import { explore } from './reference/explore.ts'
import type { TraceStep } from './report.ts'
import { retrace } from './retrace.ts'
import { StateGraph } from './state-graph.ts'
import { system, type Scope, type System } from './system.ts'
import { stabilizingRing } from './zoo/stabilizing-ring.ts'
import { orbits } from './zoo/orbits.ts'
import { traceText } from './trace-text.ts'
import type { Local } from './machine.ts'
import { checked, explored, outcomesOf, seenBy, seenIn } from './test/agreement.ts'
import { countOrbits, renamings } from './test/orbits.ts'
import { build, systemSpec, type SystemSpec } from './test/random-system.ts'

const cup = setup({
  types: {
    context: {} as { full: number; size: number },
    input: {} as { full: number; size: number },
    events: {} as { type: 'pour' },
  },
}).createMachine({
  id: 'cup',
  initial: 'some',
  context: ({ input }) => input,
  states: {
    some: {
      always: { guard: ({ context }) => context.full === context.size, target: 'full' },
      on: { pour: { actions: assign({ full: ({ context }) => context.full + 1 }) } },
    },
    full: {},
  },
})
interface Kinds {
  readonly cup: typeof cup
}
const { action, always, assume, blocked, cover, each } = model<Kinds>()
const pour = action('pour', { cup: each('cup') }, ({ cup }) =>
  cup.in('full') ? blocked() : cup.send({ type: 'pour' }),
)
const cups = (symmetric: boolean, more: Partial<Scope<Kinds>> = {}) =>
  system<Kinds>({
    kinds: {
      cup: {
        machine: cup,
        count: 2,
        symmetric,
        inputs: () => [
          { full: 0, size: 2 },
          { full: 1, size: 2 },
          { full: 0, size: 1 },
          { full: 0, size: 1 },
        ],
      },
    },
    actions: [pour],
    ...more,
  })
const isFull = cover('full', {
  says: 'All cups can be full at once.',
  holds: ({ cup }) => cup.every((c) => c.in('full')),
})
const large = always('large', {
  says: 'No large cup gets full.',
  holds: ({ cup }) => cup.every((c) => !c.in('full') || c.context.size < 2),
})

describe('several initial states', () => {
  // A cup is large (0, 1 or 2 full) or small (0 or 1 full): 5 states, 3 of them initial.
  const full = { states: 25, transitions: 30, refusals: 0, depth: 2 }
  const orbitsOf = 15

  it('both engines find the same from all of them', async () => {
    const report = await check(cups(false, { properties: [isFull, large] }))
    expect(report).toMatchObject(full)
    const reference = explore(cups(false, { properties: [isFull, large] }))
    expect(reference).toMatchObject(full)
    // From two small cups, two calls; from a large one that is half full, one.
    expect(Object.fromEntries(reference.seen)).toEqual({ full: 2, large: 1 })
    expect(report.properties.map((p) => ('trace' in p ? p.trace.length - 1 : p.verdict))).toEqual([
      'proved',
      2,
      1,
    ])
    expect(await check(cups(false), { order: 'depth' })).toMatchObject({ states: 25 })
  })

  it('symmetry counts orbits of all that is reached', async () => {
    expect(await check(cups(true))).toMatchObject({ states: orbitsOf, refusals: 0 })
    expect(orbits(cups(true))).toMatchObject({ states: orbitsOf, refusals: 0 })
  })

  it('traces say where they start, in text and in files, and are of the system itself', async () => {
    for (const symmetric of [false, true]) {
      const made = cups(symmetric, { properties: [large] })
      const found = (await check(made)).properties.at(-1)
      if (found?.verdict !== 'violated') throw new Error('not violated')
      expect(found.trace[0]).toMatchObject({ action: 'init', outcome: 'ok' })
      const retraced = retrace(made, found.trace, 'large')
      expect(retraced.steps).toHaveLength(1)
      const read = fromItf(JSON.stringify(toItf(retraced)))
      expect(read.trace).toEqual(found.trace)
      assertSameStates(retrace(made, read.trace), read.states)
    }
    const trace: TraceStep[] = [
      { action: 'init', args: { 'cup[0]': 1, 'cup[1]': 2 }, outcome: 'ok' },
      { action: 'pour', args: { cup: 'cup[1]' }, outcome: 'ok' },
    ]
    expect(traceText(retrace(cups(false), trace))).toBe(
      [
        '  0. init cup[0]=1 cup[1]=2',
        '       cup[0]: some, full 1, size 2',
        '       cup[1]: some, full 0, size 1',
        '  1. pour cup=cup[1] → ok',
        '       cup[1]: some → full, full 0 → 1',
      ].join('\n'),
    )
  })

  it('a trace that does not say where it starts is no trace of the system', () => {
    const pours = [{ action: 'pour', args: { cup: 'cup[0]' }, outcome: 'ok' }]
    const from = (args: object) => [{ action: 'init', args: args as never, outcome: 'ok' }]
    expect(() => retrace(cups(false), pours)).toThrow(/CHK016.*does not begin with 'init'/)
    expect(() => retrace(cups(false), from({ 'cup[0]': 0 }))).toThrow(/CHK016.*'cup\[1\]'/)
    expect(() => retrace(cups(false), from({ 'cup[0]': 0, 'cup[1]': 3 }))).toThrow(
      /CHK016 .*says 3 for 'cup\[1\]', which has 3 starts/,
    )
    expect(() => retrace(cups(false), from({ 'cup[0]': 0, 'cup[1]': 0, jug: 1 }))).toThrow(
      /CHK016 .*'jug'/,
    )
  })

  it('assumptions leave initial states out; all of them are too many', async () => {
    const small = assume('small', {
      says: 'A cup is small.',
      holds: ({ cup }) => cup.some((c) => c.context.size === 1),
    })
    const report = await check(cups(false, { properties: [small] }))
    // Both small: 4 states; one small and one large: 6, twice.
    expect(report.states).toBe(16)
    expect(explore(cups(false, { properties: [small] })).states).toBe(16)
    const none = assume('none', { says: 'Nothing.', holds: () => false })
    await expect(check(cups(false, { properties: [none] }))).rejects.toThrow(/CHK013.*'none'/)
    expect(() => explore(cups(false, { properties: [none] }))).toThrow(/CHK013.*'none'/)
  })

  it('a played run starts where it is told to', () => {
    const made = cups(false)
    const moment = start(made, { 'cup[1]': 1 })
    expect(moment.state.get('cup[0]')?.context).toEqual({ full: 0, size: 2 })
    const played = play(made, moment, 'pour', { cup: 'cup[1]' })
    expect(played?.next.state.get('cup[1]')?.value).toBe('full')
    expect(() => start(made, { 'cup[1]': 7 })).toThrow(/CHK016/)
    expect(() => start(stabilizingRing(2, 2), { jug: 0 })).toThrow(/CHK016/)
  })

  it('a state graph has them first', () => {
    const graph = new StateGraph(cups(false))
    expect(graph.starts).toBe(9)
    expect(graph.configuration(8).get('cup[1]')?.context).toEqual({ full: 0, size: 1 })
  })
})

/** The system of a spec whose first kind starts with its flag set or not, each component. */
function flagged(spec: SystemSpec, symmetric: boolean): System | null {
  const made = build(spec, { symmetric })
  const kind = made.kinds.find((k) => k.name === 'a')
  if (kind === undefined || kind.slots) return null
  for (const list of kind.starts as Local[][]) {
    const [{ context, ...local }] = list
    const other = { ...local, context: { ...context, flag: context['flag'] !== true } }
    list.push(other)
    ;(kind.initial as Local[]).push(other)
  }
  return made
}

describe('engines agree on random systems with several initial states', () => {
  const settings = { numRuns: 150, interruptAfterTimeLimit: 8000, seed: Date.now() % 2 ** 31 }
  const restless = (error: unknown) => error instanceof Error && error.message.includes('CHK022')

  it.each([false, true])('symmetry %s', async (symmetric) => {
    const agree = async (spec: SystemSpec) => {
      const system = flagged(spec, symmetric)
      if (system === null || (symmetric && renamings(system).length > 200)) return
      const reference = explored(system, 250)
      const report = reference === null ? null : await checked(system, { symmetry: symmetric })
      if (reference === null || report === null) return
      expect(seenIn(report)).toEqual(seenBy(reference))
      expect(report.states).toBe(
        symmetric ? countOrbits(system, reference.configurations) : reference.states,
      )
      if (!symmetric) expect(report.transitions).toBe(reference.transitions)
      for (const p of report.properties)
        if ('trace' in p) expect(outcomesOf(system, p)).toEqual(p.trace.map((s) => s.outcome))
    }
    await fc.assert(
      fc.asyncProperty(systemSpec, (spec) =>
        agree(spec).catch((error: unknown) => {
          if (!restless(error)) throw error
        }),
      ),
      settings,
    )
  })
})
