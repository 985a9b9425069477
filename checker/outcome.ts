/** How a call ended: `ok`, or a code such as an errno. */
export interface Done<Code extends string = string> {
  /** `ok`, or the code. */
  readonly done: Code | 'ok'
}
/** Not now: no transition from this state. */
export interface Wait {
  /** Tells it from the other results. */
  readonly wait: true
}
/** The call goes on at the named step in place of the next one. */
export interface Goto {
  /** The name of a step of the same path. */
  readonly goto: string
}
/** What an action or a step returns; nothing means: done (or on to the next step). */
export type Result<Code extends string = string> = void | Done<Code> | Wait | Goto

const wait: Wait = Object.freeze({ wait: true })
/**
 * The action is not enabled here, or the step sleeps.
 *
 * @example
 * ```ts
 * import { check, model, blocked, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => {
 *   if (lamp.in('on')) return blocked()
 *   lamp.send({ type: 'press' })
 * })
 * const report = await check(system<Kinds>({ kinds: { lamp: { machine: lamp, count: 1 } }, actions: [press] }))
 * console.log(report.states, report.transitions) // → 2 1
 * ```
 */
export const blocked = (): Wait => wait
/**
 * The call succeeds here, whatever steps are left.
 *
 * @example
 * ```ts
 * import { check, model, ok, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => {
 *   if (lamp.in('on')) return ok()
 *   lamp.send({ type: 'press' })
 * })
 * const report = await check(system<Kinds>({ kinds: { lamp: { machine: lamp, count: 1 } }, actions: [press] }))
 * console.log(report.states, report.transitions) // → 2 2
 * ```
 */
export const ok = (): Done<never> => ({ done: 'ok' })
/**
 * The call goes on at the step called `name`.
 *
 * @example
 * ```ts
 * import { check, goto, model, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { each, ioctl } = model<Kinds>()
 * const flash = ioctl('flash', { lamp: each('lamp') }, {
 *   locals: { times: 0 },
 *   steps: [
 *     { name: 'press', run: ({ lamp }) => lamp.send({ type: 'press' }) },
 *     { name: 'again', run: (_, _view, { locals }) => (++locals.times < 3 ? goto('press') : undefined) },
 *   ],
 * })
 * const report = await check(system<Kinds>({ kinds: { lamp: { machine: lamp, count: 1 } }, actions: [flash] }))
 * console.log(report.states, report.transitions) // → 2 2
 * ```
 */
export const goto = (name: string): Goto => ({ goto: name })
