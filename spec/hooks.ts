import type { Action, AnyPath, Args, Frames, Params, Starts } from '../checker/index.ts'
import type { Errno, Kinds, Sys } from './model.ts'

/** What a check or an effect is given: the arguments, in a step with its frame, and the system. */
export interface Seen<A> {
  /** The arguments; in a step, with what it is handed. */
  readonly args: A
  /** The system. */
  readonly sys: Sys
}

declare const given: unique symbol
/** A named step: of a call, where a check can refuse, or of a path that calls have in common. */
export interface Place<A, E> {
  /** The call, or the path. */
  readonly of: Action | AnyPath
  /** The step's label. */
  readonly label: string
  /** @internal */
  readonly [given]?: (args: A) => E
}

/**
 * The step of a call at a label.
 *
 * @example
 * ```ts
 * import { after, at } from 'iommufd-spec'
 * import { model, ret } from 'iommufd-spec/checker'
 *
 * const { path } = model<Record<never, never>>()
 * const wait = path<{ sleep: object }>()('sleep', { sleep: () => ret() })
 * console.log(after(at(wait, 'sleep'), () => {}).at) // → sleep
 * ```
 */
export function at<P extends Params, S extends object, L extends Starts<S>>(
  of: Action<P> & Frames<S>,
  label: L,
): Place<Args<Kinds, P> & S[L], Errno | null>
/** The step of a path at a label, wherever the path is called. */
export function at<S extends object, L extends Starts<S>>(
  of: AnyPath & Frames<S>,
  label: L,
): Place<S[L], undefined>
export function at(of: Action | AnyPath, label: string): Place<never, unknown> {
  return { of, label }
}

/** What a proposal adds to an action, or to one of the steps. */
export interface Hook {
  /** The action, or the path that calls have in common. */
  readonly on: Action | AnyPath
  /** The step; null for the whole of an action. */
  readonly at: string | null
  /** What comes before; an errno refuses the call. */
  readonly first?: (seen: Seen<object>) => Errno | null | undefined
  /** What comes after. */
  readonly last?: (seen: Seen<object>) => void
}

const hook = (on: Action | Place<never, unknown>, does: Pick<Hook, 'first' | 'last'>): Hook =>
  'of' in on ? { on: on.of, at: on.label, ...does } : { on, at: null, ...does }

/**
 * Before anything else that an action does, where there can be such a call: a check, whose errno
 * refuses the call, and which lets it go on by null.
 *
 * @example
 * ```ts
 * import { actions, before, profiles, proposal, scopes } from 'iommufd-spec'
 *
 * const open = actions(scopes.smoke, profiles.smmuv3)[0]
 * const never = proposal({ says: 'nobody opens', hooks: [before(open, () => 'EBUSY')] })
 * console.log(never.hooks?.length) // → 1
 * ```
 */
export function before<P extends Params>(
  on: Action<P>,
  check: (seen: Seen<Args<Kinds, P>>) => Errno | null,
): Hook
/**
 * Before a step: a check, or an effect. The errno of a check ends the call there; what it holds, it
 * has to let go of by itself. Paths that calls have in common go on.
 */
export function before<A, E>(on: Place<A, E>, does: (seen: Seen<A>) => NoInfer<E>): Hook
export function before(on: Action | Place<never, unknown>, does: object): Hook {
  return hook(on, { first: does as Hook['first'] })
}

/**
 * An effect after all that an action does, where it succeeds.
 *
 * @example
 * ```ts
 * import { actions, after, profiles, scopes } from 'iommufd-spec'
 *
 * const open = actions(scopes.smoke, profiles.smmuv3)[0]
 * console.log(after(open, () => {}).at) // → null
 * ```
 */
export function after<P extends Params>(
  on: Action<P>,
  effect: (seen: Seen<Args<Kinds, P>>) => void,
): Hook
/** An effect after a step, however it goes on; not where it waits. */
export function after<A, E>(on: Place<A, E>, effect: (seen: Seen<A>) => void): Hook
export function after(on: Action | Place<never, unknown>, does: object): Hook {
  return hook(on, { last: does as Hook['last'] })
}
