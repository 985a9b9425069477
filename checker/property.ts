import type { Action } from './action.ts'
import type { Args, Params } from './params.ts'
import type { KindName, View } from './types.ts'

/** What every property says of itself. */
export interface PropertyText {
  /** The property in one sentence. */
  readonly says: string
  /** Where it comes from: a message, a kernel function, a line of the uAPI. */
  readonly source?: readonly string[]
}

/** A view that can find the component of a handle that belongs to another moment. */
export type ViewAt<K> = View<K> & {
  /** The same component, at the moment of this view. */
  readonly at: <H extends { readonly kind: KindName<K> }>(handle: H) => H
}

/**
 * One call, as a property of steps sees it.
 *
 * @example
 * ```ts
 * import { check, model, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each, stepProperty } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const turns = stepProperty('turns', {
 *   says: 'A press turns the lamp that is pressed.',
 *   on: [press],
 *   holds: ({ args, after }) => args.lamp.in('on') !== after.at(args.lamp).in('on'),
 * })
 * const report = await check(system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press], properties: [turns] }))
 * console.log(report.properties.at(-1)?.verdict) // → proved
 * ```
 */
export interface StepArgs<K, P extends Params> {
  /** The action's name, followed by `:step` for the later steps of an interleaved path. */
  readonly action: string
  /** The arguments, as handles of `before`. In later steps of an interleaved path: `caller`. */
  readonly args: Args<K, P>
  /** `ok`, an error code, or `step` where the path is not at its end. */
  readonly outcome: string
  /** The system before the call. */
  readonly before: ViewAt<K>
  /** The system after it; `at` takes the handles of `args`. */
  readonly after: ViewAt<K>
  /** Whether the call changed anything. */
  readonly changed: boolean
}

export interface Always<K> extends PropertyText {
  /** Tells it from the other kinds of property. */
  readonly kind: 'always'
  /** Unique in a system; what reports, traces and the command line call it. */
  readonly id: string
  /** Whether a state is as it should be. */
  readonly holds: (view: View<K>) => boolean
}
export interface Assume<K> extends PropertyText {
  /** Tells it from the other kinds of property. */
  readonly kind: 'assume'
  /** Unique in a system; what reports, traces and the command line call it. */
  readonly id: string
  /** Whether a state belongs to what is explored. */
  readonly holds: (view: View<K>) => boolean
}
export interface StepProperty<K> extends PropertyText {
  /** Tells it from the other kinds of property. */
  readonly kind: 'step'
  /** Unique in a system; what reports, traces and the command line call it. */
  readonly id: string
  /** The actions it speaks of; all when left out. */
  readonly on?: readonly Action[]
  /** Stated over whole calls: looked at only where the scope has no interleaving callers. */
  readonly whole?: boolean
  /** It speaks only of calls that end so. */
  readonly outcome?: string
  /** Whether a call is as it should be. */
  readonly holds: (call: StepArgs<K, never>) => boolean
}
export interface Cover<K> extends PropertyText {
  /** Tells it from the other kinds of property. */
  readonly kind: 'cover'
  /** Unique in a system; what reports, traces and the command line call it. */
  readonly id: string
  /** Whether a state is the one that must be reachable. Either this or `happens`. */
  readonly holds?: (view: View<K>) => boolean
  /** The actions it speaks of; all when left out. */
  readonly on?: readonly Action[]
  /** Stated over whole calls: looked at only where the scope has no interleaving callers. */
  readonly whole?: boolean
  /** It speaks only of calls that end so. */
  readonly outcome?: string
  /** Whether a call is the one that must be reachable. */
  readonly happens?: (call: StepArgs<K, never>) => boolean
}
/** Any property. */
export type Property<K> = Always<K> | Assume<K> | StepProperty<K> | Cover<K>
