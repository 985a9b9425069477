import type { Look } from './look.ts'

/** What was looked at, whatever the answer. */
export type Question = Pick<Look, 'how' | 'of' | 'name'>

/** A look whose answer ends a call with an error. */
export interface Check extends Question {
  /** The kinds of object that it was asked of. */
  readonly kinds: readonly string[]
  /** The answers that end the call. */
  readonly values: readonly string[]
  /** The answers after which it goes on. */
  readonly passes: readonly string[]
  /** What all ways to it have seen before. */
  readonly where: readonly Condition[]
  readonly errno: string
}

/** What was seen on all ways to a check. */
export interface Condition extends Question {
  readonly value: string
  /**
   * Whether other ways, which succeed, have seen another thing: where none can in the scope of a
   * run, it says nothing.
   */
  readonly matters: boolean
}

/** A question as a key. */
export const question = ({ how, of, name }: Question) => JSON.stringify([how, of, name])

/** A check of an action by its name: what it asks, and the error. */
export const keyOf = (check: Question & { readonly errno: string }): string =>
  `${question(check)} ${check.errno}`

/** Whether two checks ask the same and fail alike. */
export const sameCheck = (a: Check, b: Check): boolean => keyOf(a) === keyOf(b)
