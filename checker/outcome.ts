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

/** What {@link Result} comes to where there are no steps left to tell apart. */
export type Ending = { readonly outcome: string } | 'blocked'

const wait: Wait = Object.freeze({ wait: true })
/** The action is not enabled here, or the step sleeps. */
export const blocked = (): Wait => wait
/** The call succeeds here, whatever steps are left. */
export const ok = (): Done<never> => ({ done: 'ok' })
/** The call goes on at the step called `name`. */
export const goto = (name: string): Goto => ({ goto: name })
