import type { AnyStateMachine, EventFrom } from 'xstate'
import { withTransition } from '../machines/mutant.ts'
import type { Kinds } from './model.ts'
import type { StateOf, ValueSet } from '../checker/index.ts'

/** The kinds with machines. */
export type Living = {
  [N in keyof Kinds & string]: Kinds[N] extends ValueSet ? never : N
}[keyof Kinds & string]

/** A transition of a kind's machine that takes the place of the one that is there. */
export interface Transition {
  /** The kind's name. */
  readonly kind: string
  /** The state, by its dotted path. */
  readonly state: string
  /** The event's type. */
  readonly event: string
  /** As XState takes it, or what `refuse` makes. */
  readonly to: object
}

/**
 * In this state, the event does something else.
 *
 * @example
 * ```ts
 * import { transition } from 'iommufd-spec'
 *
 * console.log(transition('viommu', 'live', 'lookup', { target: 'live' }).state) // → live
 * ```
 */
export const transition = <N extends Living>(
  kind: N,
  state: StateOf<Kinds[N]>,
  event: EventFrom<Kinds[N]>['type'],
  to: object,
): Transition => ({ kind, state, event, to })

/** The scopes of kinds, with these transitions in their machines. */
export const withTransitions = <S extends Readonly<Record<string, object>>>(
  scopes: S,
  transitions: readonly Transition[],
): S =>
  transitions.reduce((all, { kind, state, event, to }) => {
    const scope = all[kind]
    if (!('machine' in scope)) return all
    const machine = withTransition(scope.machine as AnyStateMachine, state, event, to)
    return { ...all, [kind]: { ...scope, machine } }
  }, scopes)
