import type { Args, Ids, Params } from './params.ts'
import type { mutex } from './mutex.ts'
import type { Result } from './outcome.ts'
import type { Outside } from './outside.ts'
import type { Path } from './path-types.ts'
import type { Handle, KindName, View } from './types.ts'

/** What a body has beside its arguments and the view. */
export interface Call<K, F extends string> {
  /**
   * Whether the call fails at `point` this time; the scope switches failures on. A point that is
   * not reached adds no transition.
   */
  fails(point: F): boolean
  /** Object ids taken and given back, in the kernel's order; an overlay on traces, no state. */
  readonly ids: Ids<Handle<K, KindName<K>>>
  /**
   * Takes a lock: the mutex of that kind that belongs to `owners`. While another call holds it the
   * step waits. A call that takes a lock twice, or two in the opposite order of other calls, or that
   * ends with one held, breaks the built-in property `locks`.
   */
  readonly lock: (kind: LockName<K>, ...owners: Handle<K, KindName<K>>[]) => void
  /** Drops a lock. */
  readonly unlock: (kind: LockName<K>, ...owners: Handle<K, KindName<K>>[]) => void
  /** Runs a path within this step, nobody being in between; what it gives. */
  now<A extends object, R extends object>(path: Path<A, R, F>, args: A): R
}

/** The kinds that are locks. */
export type LockName<K> = {
  [N in KindName<K>]: K[N] extends typeof mutex ? N : never
}[KindName<K>]

/**
 * An action's body: reads the view, sends events, returns how it ended. Deterministic, synchronous,
 * keeps nothing.
 */
export type Body<K, P extends Params, F extends string, E extends string> = (
  args: Args<K, P>,
  view: View<K>,
  call: Call<K, F>,
) => Result<E>

/** One step of a path. Its locals survive to the next step; they are plain data and handles. */
export interface Step<K, P extends Params, F extends string, L extends object, E extends string> {
  /** Unique in the path; what `goto` names, and what stands behind the `:` in traces. */
  readonly name: string
  /** What the step does. Returning nothing goes on to the next step. */
  readonly run: (args: Args<K, P>, view: View<K>, call: Call<K, F> & { locals: L }) => Result<E>
}

/**
 * A kernel path: its points of failure, its locals, its steps (or a single body).
 *
 * @example
 * ```ts
 * import { check, model, mutex, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 *   readonly lock: typeof mutex
 * }
 * const { each, errno, ioctl } = model<Kinds>()
 * const press = ioctl('press', { lamp: each('lamp') }, {
 *   fails: ['power'],
 *   locals: { failed: false },
 *   steps: [
 *     { name: 'lock', run: (_, { lock }) => lock.only.send({ type: 'acquire' }) },
 *     {
 *       name: 'press',
 *       run: ({ lamp }, _, call) => {
 *         if (call.fails('power')) call.locals.failed = true
 *         else lamp.send({ type: 'press' })
 *       },
 *     },
 *     {
 *       name: 'unlock',
 *       run: (_, { lock }, { locals }) => {
 *         lock.only.send({ type: 'release' })
 *         if (locals.failed) return errno('EIO')
 *       },
 *     },
 *   ],
 * })
 * const kinds = { lamp: { machine: lamp, count: 1 }, lock: { machine: mutex, count: 1 } }
 * const whole = await check(system<Kinds>({ kinds, actions: [press], failures: true }))
 * const steps = await check(system<Kinds>({ kinds, actions: [press], failures: true, callers: 2 }))
 * console.log(whole.states, steps.states) // → 2 8
 * ```
 */
export interface Stepwise<
  K,
  P extends Params,
  F extends string,
  L extends object,
  E extends string,
> {
  /** Points at which the call can fail, where the scope has failures. */
  readonly fails?: readonly F[]
  /** What the locals are at the beginning of a call; plain JSON. */
  readonly locals?: L
  /** The steps, in order. Give these or `run`. */
  readonly steps?: readonly Step<K, P, NoInfer<F>, NoInfer<L>, E>[]
  /** The whole call, as one step. */
  readonly run?: Body<K, P, NoInfer<F>, E>
}

/** Words about an action, for the documents. */
export interface ActionOptions {
  /** The function that the action stands for. */
  readonly kernel?: string
  /** What it does, as a verb phrase: `makes an address space`. */
  readonly says?: string
  /**
   * Which of the scope's roles of callers runs it, where callers interleave; the first when left
   * out.
   */
  readonly role?: string
}

/**
 * An action; made by `ioctl` and `action`. Its body is kept without its types: the parameters carry
 * them.
 */
export interface Action<P extends Params = Params> extends ActionOptions {
  /** As it stands in traces; unique in a system. */
  readonly name: string
  /** The parameters by name. Every combination of values is tried in every state. */
  readonly params: P
  /** The points of failure that it declares. */
  readonly fails: readonly string[]
  /** What the locals of its path are at the beginning of a call. */
  readonly locals: object
  /** Whether it needs an idle caller, where the scope has callers; `ioctl` makes such. */
  readonly threaded: boolean
  /** Whether it was given steps, and not a body. */
  readonly stepwise: boolean
  /** Its steps; one, where it was given a body. */
  readonly steps: readonly {
    /** The step's name. */
    readonly name: string
    /** What the step does. */
    readonly run: (...args: never[]) => Result
  }[]
  /**
   * What it stands for, where `after` or `invoke` has made it.
   *
   * @internal
   */
  readonly outside?: Outside
}
