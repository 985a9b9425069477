import { start, type System } from '../../checker/index.ts'
import type { Arguments } from '../../uapi/binding/index.ts'
import { effectOf, type Effect } from '../generate/effect.ts'
import type { StateTable } from '../generate/state-table.ts'
import type { Move } from '../generate/walk.ts'

/**
 * What stands for an id that names nothing: a number that is no id, an id of old, or the id of an
 * object of another type.
 */
export type Nameless =
  { readonly number: number } | { readonly stale: string } | { readonly other: string }

/** A call of a sequence. */
export interface Call {
  readonly action: string
  readonly args: Arguments
  /** By field, where the argument has no id. */
  readonly nameless?: Readonly<Record<string, Nameless>>
}

/** A call with what the model says of it. */
export interface Foretold extends Call {
  readonly outcome: string
  readonly effect: Effect
}

/** The calls of a walk with what tables say of them. */
export const foretoldOf = (table: StateTable, moves: readonly Move[]): Foretold[] =>
  moves.map(({ state, edge }) => ({
    action: edge.step.action,
    args: edge.step.args as Arguments,
    outcome: edge.step.outcome,
    effect: table.effect(state, edge),
  }))

/** What plain XState says of calls, one after the other; null where one of them is not possible. */
export function foretell(system: System, calls: readonly Call[]): Foretold[] | null {
  let { state } = start(system)
  const foretold: Foretold[] = []
  for (const call of calls) {
    const done = effectOf(system, state, call)
    if (done === null) return null
    foretold.push({ ...call, outcome: done.outcome, effect: done.effect })
    state = done.next
  }
  return foretold
}
