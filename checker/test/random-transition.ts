import fc from 'fast-check'
import { assign, emit, enqueueActions, log, raise } from 'xstate'

/** One transition of a random machine, as numbers to be taken modulo what there is. */
export interface TransitionSpec {
  readonly how: 'none' | 'go' | 'refuse' | 'block'
  readonly guard: number
  readonly target: number
  readonly effect: number
  /** How its effect is written: as it is, by `enqueueActions`, or with an event raised. */
  readonly style: 'assign' | 'enqueue' | 'raise' | 'enqueueRaise' | 'check'
}

/** What the context of every random machine looks like. */
export interface Fields {
  readonly n: number
  readonly flag: boolean
  readonly to: string | null
  readonly weak: string | null
  readonly list: readonly string[]
  readonly value: string | null
}

export const transition: fc.Arbitrary<TransitionSpec> = fc.record({
  how: fc.oneof(
    { weight: 8, arbitrary: fc.constant('go' as const) },
    { weight: 1, arbitrary: fc.constant('none' as const) },
    { weight: 2, arbitrary: fc.constant('refuse' as const) },
    { weight: 1, arbitrary: fc.constant('block' as const) },
  ),
  guard: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.nat({ max: 6 }) },
  ),
  target: fc.nat({ max: 4 }),
  effect: fc.oneof(
    { weight: 2, arbitrary: fc.constant(0) },
    { weight: 5, arbitrary: fc.nat({ max: 6 }) },
  ),
  style: fc.oneof(
    { weight: 6, arbitrary: fc.constant('assign' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('enqueue', 'raise', 'enqueueRaise', 'check' as const),
    },
  ),
})

export type Given = {
  readonly context: Fields
  readonly event: { readonly to?: string; readonly weak?: string; readonly value?: string }
}

export const guards: readonly ((given: Given) => boolean)[] = [
  () => true,
  ({ context }) => context.n === 0,
  ({ context }) => context.to === null,
  ({ context }) => context.flag,
  ({ context, event }) => context.to === (event.to ?? null),
  ({ context, event }) => event.to !== undefined && context.list.includes(event.to),
  ({ context, event }) => context.value === (event.value ?? null),
]

/** The last one is what every payload is for. */
const effects: readonly ((given: Given) => Partial<Fields>)[] = [
  () => ({}),
  ({ context }) => ({ n: (context.n + 1) % 2 }),
  ({ context }) => ({ n: Math.max(0, context.n - 1) }),
  () => ({ to: null, value: null }),
  ({ context, event }) =>
    event.to === undefined
      ? { list: context.list.slice(1) }
      : context.list.length < 2 && !context.list.includes(event.to)
        ? { list: [...context.list, event.to] }
        : {},
  ({ event }) => ({
    ...(event.to === undefined ? {} : { to: event.to }),
    ...(event.weak === undefined ? {} : { weak: event.weak }),
    ...(event.value === undefined ? {} : { value: event.value }),
  }),
]

/** The event that random machines raise; nobody else sends it. */
export const inner = 'inner'

/** An effect in one of its styles. `nested`: the event at hand is raised itself. */
export function actionsOf(
  { effect, style }: TransitionSpec,
  nested: boolean,
  tells: boolean,
): unknown[] {
  const change = effects[effect % effects.length] as never
  const again = raise({ type: inner })
  const told = tells ? [log('told'), emit({ type: 'told' })] : []
  // A raised event that raises another goes on for ever: rarely, so that most systems come to rest.
  if (nested && (style !== 'enqueueRaise' || effect !== 3)) return [assign(change), ...told]
  switch (style) {
    case 'assign':
      return [assign(change), ...told]
    case 'raise':
      return [again, assign(change)]
    case 'enqueue':
      return [
        enqueueActions(({ enqueue }) => {
          enqueue.assign(change)
          if (tells) enqueue.emit({ type: 'told' } as never)
        }),
      ]
    case 'enqueueRaise':
      return [
        enqueueActions(({ enqueue }) => {
          enqueue.raise({ type: inner })
          enqueue.assign(change)
          enqueue.assign(effects[(effect + 1) % effects.length] as never)
        }),
      ]
    case 'check':
      return [
        ...told,
        enqueueActions(({ enqueue, check }) => {
          if (check((({ context }: Given) => context.n === 0) as never)) enqueue.assign(change)
          else enqueue.raise({ type: inner })
        }),
      ]
  }
}
