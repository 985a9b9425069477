import type { Args, Ids, Params } from './params.ts'
import type { Result } from './outcome.ts'
import type { Handle, KindName, View } from './types.ts'

/** What a body has beside its arguments and the view. */
export interface Call<K, F extends string> {
  /** Whether the call fails at `point` this time; the scope switches failures on. A point that is not reached adds no transition. */
  fails(point: F): boolean
  /** Object ids taken and given back, in the kernel's order; an overlay on traces, no state. */
  readonly ids: Ids<Handle<K, KindName<K>>>
}

/** An action's body: reads the view, sends events, returns how it ended. Deterministic, synchronous, keeps nothing. */
export type Body<K, P extends Params, F extends string, E extends string> = (args: Args<K, P>, view: View<K>, call: Call<K, F>) => Result<E>

/** One step of a path. Its locals survive to the next step; they are plain data and handles. */
export interface Step<K, P extends Params, F extends string, L extends object, E extends string> {
  readonly name: string
  readonly run: (args: Args<K, P>, view: View<K>, call: Call<K, F> & { locals: L }) => Result<E>
}

/** A kernel path: its points of failure, its locals, its steps (or a single body). */
export interface Path<K, P extends Params, F extends string, L extends object, E extends string> {
  readonly fails?: readonly F[]
  readonly locals?: L
  readonly steps?: readonly Step<K, P, NoInfer<F>, NoInfer<L>, E>[]
  readonly run?: Body<K, P, NoInfer<F>, E>
}

/** Words about an action, for the documents. */
export interface ActionOptions {
  /** The function that the action stands for. */
  readonly kernel?: string
  readonly says?: string
}

/** An action; made by `ioctl` and `action`. Its body is kept without its types: the parameters carry them. */
export interface Action<P extends Params = Params> extends ActionOptions {
  readonly name: string
  readonly params: P
  readonly fails: readonly string[]
  readonly locals: object
  readonly threaded: boolean
  readonly steps: readonly { readonly name: string; readonly run: (...args: never[]) => Result }[]
}
