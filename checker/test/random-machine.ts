import fc from 'fast-check'
import { assign, createMachine, type AnyStateMachine } from 'xstate'
import { blocks, refuse } from '../lifecycle.ts'
import {
  actionsOf,
  guards,
  inner,
  transition,
  type Fields,
  type Given,
  type TransitionSpec,
} from './random-transition.ts'

/** A random kind. */
export interface KindSpec {
  readonly count: number
  readonly shape: 'flat' | 'nested' | 'parallel'
  /** Some action may take free slots of it. */
  readonly slot: boolean
  /** 0: not per anything, 1: per the first kind, 2: per the first two. */
  readonly per: number
  /** Components differ in a flag from the start. */
  readonly sorted: boolean
  readonly symmetric: boolean
  /** Kinds that `to` and `list`, and `weak`, refer to. */
  readonly to: number
  readonly weak: number
  /** `to` refers to something from the start, where that is possible. */
  readonly bound: boolean
  readonly final: boolean
  /** Eventless transitions: 0 for none; some go round for ever where `flag` is set. */
  readonly always: number
  /** What the machine does with events that it raises itself. */
  readonly inner: readonly TransitionSpec[]
  /** By state and event. */
  readonly table: readonly (readonly TransitionSpec[])[]
}

/**
 * Events: three without payload, one of them for `forEach`; one with a reference; one with a weak
 * one; one with a value.
 */
export const events = ['e', 'f', 'g', 'point', 'watch', 'choose'] as const

export const kindSpec: fc.Arbitrary<KindSpec> = fc.record({
  count: fc.integer({ min: 1, max: 3 }),
  shape: fc.constantFrom('flat' as const, 'flat' as const, 'nested' as const, 'parallel' as const),
  slot: fc.boolean(),
  per: fc.constantFrom(0, 0, 1, 2),
  sorted: fc.constantFrom(false, false, true),
  symmetric: fc.boolean(),
  to: fc.nat({ max: 2 }),
  weak: fc.nat({ max: 2 }),
  bound: fc.boolean(),
  final: fc.boolean(),
  always: fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 3),
  inner: fc.array(transition, { minLength: 2, maxLength: 2 }),
  table: fc.array(fc.array(transition, { minLength: 1, maxLength: 2 }), {
    minLength: 6 * 4,
    maxLength: 6 * 4,
  }),
})

/** The states that a shape has, as dotted paths. */
export const pathsOf = (shape: KindSpec['shape']): readonly string[] =>
  ({
    flat: ['s0', 's1', 's2'],
    nested: ['s0', 's1', 's1.x', 's1.y'],
    parallel: ['r.s0', 'r.s1', 'q.t0', 'q.t1'],
  })[shape]

/** The input of a random machine. */
export interface Start {
  readonly flag: boolean
  readonly to: string | null
}

/**
 * Builds the machine of a kind. `slot` says whether its first state means "does not exist", `tells`
 * whether it logs and emits.
 */
export function machineOf(
  name: string,
  spec: KindSpec,
  slot: boolean,
  tells = false,
): AnyStateMachine {
  const fresh: Omit<Fields, 'flag'> = { n: 0, to: null, weak: null, list: [], value: null }
  const reset = assign(() => fresh as never)
  const on = (
    row: number,
    targets: readonly string[],
    heard: readonly string[],
    mayRefuse: boolean,
    own: string,
  ) =>
    Object.fromEntries(
      events.flatMap((event, e) => {
        if (!heard.includes(event)) return []
        const list = spec.table[(row * events.length + e) % spec.table.length].flatMap(
          (t): object[] => {
            if (t.how === 'none') return []
            const guard =
              t.guard % guards.length === 0 ? {} : { guard: guards[t.guard % guards.length] }
            if (t.how === 'refuse' || t.how === 'block') {
              if (!mayRefuse) return []
              // forEach neither waits nor is refused by send.
              return [
                {
                  ...guard,
                  ...(t.how === 'block' && event !== 'f'
                    ? blocks()
                    : refuse(t.target % 2 === 0 ? 'EBUSY' : 'EPERM')),
                },
              ]
            }
            const target = [undefined, ...targets][t.target % (targets.length + 1)]
            if (slot && (target ?? own).endsWith('s0'))
              return own === 's0' ? [] : [{ ...guard, target, actions: reset }]
            return [{ ...guard, target, actions: actionsOf(t, false, tells) }]
          },
        )
        return list.length === 0 ? [] : [[event, list]]
      }),
    )
  /** Takes raised events, first while a field is empty; never refuses them. */
  const raised = (targets: readonly string[], own: string) => ({
    [inner]: spec.inner.map((t, i) => {
      const target = [undefined, ...targets][t.target % (targets.length + 1)]
      const leaves = slot && (target ?? own).endsWith('s0')
      return {
        ...(i === 0 ? { guard: ({ context }: Given) => context.value === null } : {}),
        ...(leaves
          ? own === 's0'
            ? {}
            : { target, actions: reset }
          : { target, actions: actionsOf(t, true, tells) }),
      }
    }),
  })
  const one = ({ context }: Given) => context.n === 1
  const zero = assign({ n: 0 } as never)
  /** Eventless transitions of a state, and of one that it goes to. */
  const eventless = (to: string) =>
    slot || spec.always === 0
      ? {}
      : spec.always === 3
        ? { always: { guard: one, target: to, actions: zero } }
        : { always: { guard: one, target: to } }
  const round = (to: string) =>
    slot || spec.always !== 2
      ? {}
      : { always: { guard: ({ context }: Given) => context.flag && context.n === 1, target: to } }
  const all = events as readonly string[]
  const states = (): object => {
    if (spec.shape === 'flat') {
      const targets = ['s0', 's1', 's2']
      return {
        initial: 's0',
        states: {
          s0: { on: { ...on(0, targets, all, true, 's0'), ...raised(targets, 's0') } },
          s1: {
            on: { ...on(1, targets, all, true, 's1'), ...raised(targets, 's1') },
            ...eventless('s2'),
          },
          s2: spec.final
            ? { type: 'final' }
            : { on: on(2, targets, all, true, 's2'), ...round('s1') },
        },
      }
    }
    if (spec.shape === 'nested') {
      const within = ['x', 'y', `#${name}.s0`]
      return {
        initial: 's0',
        states: {
          s0: { on: on(0, ['s0', 's1'], all, true, 's0') },
          s1: {
            initial: 'x',
            on: on(1, ['s0', 's1'], ['e', 'f', 'point'], true, 's1'),
            states: {
              x: {
                on: { ...on(2, within, all, true, 'x'), ...raised(within, 'x') },
                ...eventless('y'),
              },
              y: { on: on(3, within, all, true, 'y'), ...round('x') },
            },
          },
        },
      }
    }
    // Regions hear `e` and `point` alone, each its own, and the others together: where both hear an
    // event, neither refuses.
    const both = ['f', 'g', 'choose']
    const region = (row: number, a: string, b: string, own: string) => {
      const hears = (at: number, state: string) => ({
        ...on(at, [a, b], both, false, state),
        ...on(at, [a, b], [own, own === 'e' ? 'point' : 'watch'], true, state),
        ...raised([a, b], state),
      })
      return {
        initial: a,
        states: {
          [a]: { on: hears(row, a), ...round(b) },
          [b]: { on: hears(row + 1, b), ...eventless(a) },
        },
      }
    }
    return {
      type: 'parallel',
      states: { r: region(0, 's0', 's1', 'e'), q: region(2, 't0', 't1', 'none') },
    }
  }
  return createMachine({
    id: name,
    context: ({ input }: { input: Start }) => ({ ...fresh, flag: input.flag, to: input.to }),
    ...states(),
  } as never) as unknown as AnyStateMachine
}
