import { danglingIn } from './dangling.ts'
import { CheckerError } from './errors.ts'
import type { Operation } from './operation.ts'
import type { TraceStep } from './report.ts'
import { calls, perform, type Call, type Effect } from './reference/engine.ts'
import { callSeen, deadlocked, stateSeen } from './reference/explore.ts'
import type { Configuration } from './reference/view.ts'
import { brokenOutcomes } from './refused.ts'
import type { System } from './system.ts'

/** One step of a replayed trace. */
export interface ReplayedStep {
  readonly call: Call
  readonly outcome: string
}

/**
 * Performs calls one after another through plain XState, from an initial state. Where a property is named, it must be seen
 * at the end: in the last state, or in one more call of `operation`, which is then appended.
 *
 * @throws CheckerError CHK017 where a call is not enabled, or the property is not seen
 */
export function replay(
  system: System,
  from: Configuration,
  path: readonly Call[],
  property: string | null = null,
  operation: Operation | null = null,
): ReplayedStep[] {
  const done: ReplayedStep[] = []
  let state = from
  for (const call of path) {
    const effect = perform(system, state, call)
    if (effect.kind === 'blocked')
      throw new CheckerError(
        'CHK017',
        `step ${done.length + 1}, ${call.operation.name}, is not enabled there`,
      )
    done.push(stepOf(call, effect))
    if (effect.kind === 'done') state = effect.next
  }
  if (property === null) return done
  if (operation !== null) {
    for (const call of calls(system, state)) {
      if (call.operation !== operation) continue
      const effect = perform(system, state, call)
      const seen =
        effect.kind === 'broken'
          ? property === effect.property
          : effect.kind === 'done' && seesCall(system, property, state, call, effect)
      if (seen) return [...done, stepOf(call, effect as Exclude<Effect, { kind: 'blocked' }>)]
    }
    throw new CheckerError(
      'CHK017',
      `the last call, ${operation.name}, does not show '${property}' when replayed through plain XState`,
    )
  }
  if (!seesState(system, property, state))
    throw new CheckerError(
      'CHK017',
      `the last state does not show '${property}' when replayed through plain XState`,
    )
  return done
}

/** The steps of a replayed trace, for reports. */
export const steps = (replayed: readonly ReplayedStep[]): TraceStep[] =>
  replayed.map(({ call, outcome }) => ({ action: call.operation.name, args: call.args, outcome }))

const stepOf = (call: Call, effect: Exclude<Effect, { kind: 'blocked' }>): ReplayedStep => ({
  call,
  outcome: effect.kind === 'done' ? effect.outcome : brokenOutcomes[effect.property],
})

/** Whether a property of calls, built-in or not, breaks (or is reached) in this call. */
export function seesCall(
  system: System,
  id: string,
  state: Configuration,
  call: Call,
  effect: Extract<Effect, { kind: 'done' }>,
): boolean {
  if (id === 'locks') return effect.opposite !== null
  const property = system.properties.find((p) => p.id === id)
  return property !== undefined && callSeen(system, property, state, call, effect)
}

/** Whether a property of states, built-in or not, breaks (or is reached) in this state. */
export function seesState(system: System, id: string, state: Configuration): boolean {
  if (id === 'dangling') return danglingIn(system, state) !== null
  if (id === 'deadlock') return deadlocked(system, state)
  const property = system.properties.find((p) => p.id === id)
  return property !== undefined && stateSeen(system, property, state)
}
