import { CheckerError } from './errors.ts'
import { danglingIn } from './dangling.ts'
import { heard, ObjectIds } from './ids.ts'
import type { Constant } from './params.ts'
import { perform, type Call, type Effect } from './reference/engine.ts'
import type { Configuration } from './reference/view.ts'
import { seesCall, seesState } from './replay.ts'
import type { TraceStep } from './report.ts'
import { brokenOutcomes } from './refused.ts'
import { startOf } from './starts.ts'
import type { System } from './system.ts'
import { assertSystem } from './validate/arguments.ts'
import { builtInProperties } from './validate/names.ts'
import { assertTrace } from './validate/traces.ts'

/** One step of a trace as it was performed. */
export interface RetracedStep {
  /** The call, as the trace has it. */
  readonly step: TraceStep
  /** The state that the call was made in. */
  readonly before: Configuration
  /** The state that it led to. */
  readonly after: Configuration
  /** Object ids after the step, by component name. */
  readonly ids: ReadonlyMap<string, number>
  /** What is wrong, where the call broke a built-in property. */
  readonly note: string | null
}

/** A trace with all its states. */
export interface Retraced {
  /** Where the system starts. */
  readonly initial: Configuration
  /** The first step of the trace, where it says in which of several initial states it starts. */
  readonly init: TraceStep | null
  /** One for each call of the trace. */
  readonly steps: readonly RetracedStep[]
  /** What is wrong at the end, where a built-in property says more than its name. */
  readonly note: string
}

/**
 * Performs a trace step by step through plain XState. Where a property is named, the trace must
 * show it: break it, or reach it.
 *
 * @throws CheckerError CHK016 where a step names what the system does not have, CHK017 where it
 * does not go as the trace says
 *
 * @example
 * ```ts
 * import { model, retrace, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const { steps } = retrace(lamps, [{ action: 'press', args: { lamp: 'lamp[1]' }, outcome: 'ok' }])
 * console.log(steps[0].after.get('lamp[0]')?.value, steps[0].after.get('lamp[1]')?.value) // → off on
 * ```
 */
export function retrace(
  system: System,
  trace: readonly TraceStep[],
  property: string | null = null,
): Retraced {
  assertSystem(system, 'retrace')
  assertTrace(trace)
  if (property !== null) assertProperty(system, property)
  const { start, calls } = startOf(system, trace)
  const ids = new ObjectIds()
  const done: RetracedStep[] = []
  let last: {
    readonly before: Configuration
    readonly call: Call
    readonly effect: Effect
  } | null = null
  let { state } = start
  for (const [i, step] of calls.entries()) {
    const where = `step ${i + 1}, ${step.action},`
    if (last?.effect.kind === 'broken')
      throw new CheckerError('CHK017', `${where} comes after a call that broke a built-in property`)
    const call = callOf(system, step.action, step.args, where)
    const { record, apply } = heard()
    const effect = perform(system, state, call, record)
    if (effect.kind === 'blocked') throw new CheckerError('CHK017', `${where} is not enabled there`)
    const outcome = effect.kind === 'done' ? effect.outcome : brokenOutcomes[effect.property]
    if (outcome !== step.outcome)
      throw new CheckerError(
        'CHK017',
        `${where} ends with ${outcome}; the trace says ${step.outcome}`,
      )
    apply(ids)
    const after = effect.kind === 'done' ? effect.next : state
    done.push({
      step,
      before: state,
      after,
      ids: ids.now(),
      note: effect.kind === 'broken' ? effect.what : effect.opposite,
    })
    last = { before: state, call, effect }
    state = after
  }
  if (property !== null && !shows(system, property, state, last))
    throw new CheckerError(
      'CHK017',
      `the trace does not show '${property}' when performed through plain XState`,
    )
  const dangling = property === 'dangling' ? danglingIn(system, state) : null
  const note =
    dangling === null
      ? (done.at(-1)?.note ?? '')
      : `${dangling.holder} refers to ${dangling.target}, which is free`
  return { initial: start.state, init: start.init, steps: done, note }
}

/** Refuses a property that neither the system has nor every system. */
function assertProperty({ properties }: System, id: string): void {
  const known = [...builtInProperties, ...properties.map((p) => p.id)]
  if (!known.includes(id))
    throw new CheckerError(
      'CHK011',
      `there is no property '${String(id)}' in this system; there are ${known.join(', ')}`,
    )
}

function shows(
  system: System,
  property: string,
  state: Configuration,
  last: { readonly before: Configuration; readonly call: Call; readonly effect: Effect } | null,
): boolean {
  if (last?.effect.kind === 'broken') return property === last.effect.property
  if (seesState(system, property, state)) return true
  return (
    last !== null &&
    last.effect.kind === 'done' &&
    seesCall(system, property, last.before, last.call, last.effect)
  )
}

/**
 * The call of those names.
 *
 * @throws CheckerError CHK016 where the system has no such action, or it takes no such arguments
 */
export function callOf(
  system: System,
  action: string,
  args: TraceStep['args'],
  where: string,
): Call {
  const operation = system.operations.find((op) => op.name === action)
  if (operation === undefined)
    throw new CheckerError('CHK016', `${where} is no action of this system`)
  for (const { name, param } of operation.params) {
    const value = args[name]
    if (value === undefined)
      throw new CheckerError('CHK016', `${where} lacks the argument '${name}'`)
    const fits =
      'oneOf' in param
        ? param.oneOf.includes(value)
        : isOneOf(system, 'each' in param ? param.each : [param.free], value)
    if (!fits)
      throw new CheckerError(
        'CHK016',
        `${where} has ${JSON.stringify(value)} for '${name}', which cannot be`,
      )
  }
  for (const name of Object.keys(args))
    if (!operation.params.some((p) => p.name === name))
      throw new CheckerError('CHK016', `${where} takes no argument '${name}'`)
  return { operation, args }
}

/** Whether a value names a component or a value of the kinds. */
function isOneOf(system: System, kinds: readonly string[], value: Constant): boolean {
  const [, kind, slot] = /^(.+)\[(0|[1-9]\d*)\]$/.exec(String(value)) ?? []
  return kinds.includes(kind) && Number(slot) < system.kind(kind).count
}
