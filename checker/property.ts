import type { Action } from './action.ts'
import type { Args, Params } from './params.ts'
import type { Handle, KindName, View } from './types.ts'

/** What every property says of itself. */
export interface PropertyText {
  /** The property in one sentence. */
  readonly says: string
  /** Where it comes from: a message, a kernel function, a line of the uAPI. */
  readonly source?: readonly string[]
}

/** A view that can find the component of a handle that belongs to another moment. */
export type ViewAt<K> = View<K> & { readonly at: <H extends Handle<K, KindName<K>>>(handle: H) => H }

/** One call, as a property of steps sees it. */
export interface StepArgs<K, P extends Params> {
  /** The action's name, followed by `:step` for the later steps of an interleaved path. */
  readonly action: string
  /** The arguments, as handles of `before`. In later steps of an interleaved path: `caller`. */
  readonly args: Args<K, P>
  /** `ok`, an error code, or `step` where the path is not at its end. */
  readonly outcome: string
  readonly before: ViewAt<K>
  readonly after: ViewAt<K>
  /** Whether the call changed anything. */
  readonly changed: boolean
}

export interface Always<K> extends PropertyText {
  readonly kind: 'always'
  readonly id: string
  readonly holds: (view: View<K>) => boolean
}
export interface Assume<K> extends PropertyText {
  readonly kind: 'assume'
  readonly id: string
  readonly holds: (view: View<K>) => boolean
}
export interface StepProperty<K> extends PropertyText {
  readonly kind: 'step'
  readonly id: string
  readonly on?: readonly Action[]
  readonly whole?: boolean
  readonly outcome?: string
  readonly holds: (call: StepArgs<K, never>) => boolean
}
export interface Cover<K> extends PropertyText {
  readonly kind: 'cover'
  readonly id: string
  readonly holds?: (view: View<K>) => boolean
  readonly on?: readonly Action[]
  readonly whole?: boolean
  readonly outcome?: string
  readonly happens?: (call: StepArgs<K, never>) => boolean
}
/** Any property. */
export type Property<K> = Always<K> | Assume<K> | StepProperty<K> | Cover<K>
