import { heard, ObjectIds } from './ids.ts'
import { failParam } from './operation.ts'
import type { Constant } from './params.ts'
import { perform } from './reference/engine.ts'
import type { Configuration, Taken } from './reference/view.ts'
import { brokenOutcomes } from './refused.ts'
import { callOf } from './retrace.ts'
import { firstStart, initAction, startOf } from './starts.ts'
import type { System } from './system.ts'
import { assertSystem } from './validate/arguments.ts'
import { assertCall, assertMoment } from './validate/traces.ts'

/**
 * A moment of a run: the local state of every component, and the ids of objects. Neither is changed
 * by what follows.
 */
export interface Moment {
  /** The local state of every component, by name. */
  readonly state: Configuration
  /** The ids of objects. */
  readonly ids: ObjectIds
}

/** What a call came to. */
export interface Played {
  /** `ok`, `step`, an error code, `unaccepted`, or `locks`. */
  readonly outcome: string
  /** Whether it changed anything. */
  readonly changed: boolean
  /** The moment after it. */
  readonly next: Moment
  /** The transitions that its sends took, or were refused by, in order. */
  readonly taken: readonly Taken[]
}

/**
 * The moment in which a system starts.
 *
 * @param inputs - where components have several inputs, the number of each, by component; the first
 *   of each when left out
 *
 * @throws CheckerError CHK016 where a component has no input of that number
 *
 * @example
 * ```ts
 * import { model, start, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * console.log(start(lamps).state.get('lamp[0]')?.value) // → off
 * ```
 */
export function start(system: System, inputs?: { readonly [component: string]: number }): Moment {
  assertSystem(system, 'start')
  const first = firstStart(system)
  const args = { ...first.init?.args, ...inputs }
  const { state } =
    inputs === undefined
      ? first
      : startOf(system, [{ action: initAction, args, outcome: 'ok' }]).start
  return { state, ids: new ObjectIds() }
}

/**
 * Makes one call through plain XState; null where the action is not possible there. Arguments are
 * components by name (`viommu[1]`) and constants; without `fails` nothing fails.
 *
 * @throws CheckerError CHK016 where the system has no such action, or it takes no such arguments
 *
 * @example
 * ```ts
 * import { model, play, start, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const played = play(lamps, start(lamps), 'press', { lamp: 'lamp[0]' })
 * console.log(played?.outcome, played?.next.state.get('lamp[0]')?.value, played?.taken[0].transition) // → ok on (machine).off.press[0]
 * ```
 */
export function play(
  system: System,
  moment: Moment,
  action: string,
  args: { readonly [name: string]: Constant },
): Played | null {
  assertSystem(system, 'play')
  assertMoment(moment)
  assertCall(action, args)
  const { state, ids } = moment
  const canFail = system.operations.some(
    ({ name, params }) => name === action && params.some((p) => p.name === failParam),
  )
  const call = callOf(system, action, canFail ? { [failParam]: null, ...args } : args, action)
  const { record, apply } = heard()
  const effect = perform(system, state, call, record)
  if (effect.kind === 'blocked') return null
  if (effect.kind === 'broken') {
    const outcome = brokenOutcomes[effect.property]
    return { outcome, changed: false, next: { state, ids }, taken: [] }
  }
  const after = ids.copy()
  apply(after)
  return {
    outcome: effect.outcome,
    changed: effect.changed,
    next: { state: effect.next, ids: after },
    taken: effect.taken,
  }
}
