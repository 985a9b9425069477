/**
 * The lifecycles, one machine for each kind of object.
 *
 * @module
 */
import { mutex } from '../checker/index.ts'
import { kinds, type KindName, type Kinds } from './kinds.ts'

/** The machines by kind: of all that is not a lock, and not a mere value. */
type Machines = {
  readonly [
    N in KindName as Kinds[N] extends typeof mutex
      ? never
      : (typeof kinds)[N]['machine'] extends infer M | null
        ? 'transition' extends keyof M
          ? N
          : never
        : never
  ]: Kinds[N]
}

/**
 * All machines by kind.
 *
 * @example
 * ```ts
 * import { machines } from 'iommufd-spec/machines'
 * import { initialTransition, transition } from 'xstate'
 *
 * const [closed] = initialTransition(machines.ictx)
 * const [opened] = transition(machines.ictx, closed, { type: 'open' })
 * console.log(closed.value, opened.value) // → closed open
 * ```
 */
export const machines = Object.fromEntries(
  Object.entries(kinds)
    .map(([name, { machine }]) => [name, machine] as const)
    .filter(([, machine]) => machine !== null && machine !== mutex),
) as Machines
