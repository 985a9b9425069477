import type { Sliced } from '../pulse.ts'
import { danglingIn } from '../dangling.ts'
import { noStart, starts } from '../starts.ts'
import type { Cover, Property } from '../property.ts'
import { omissionText, type System } from '../system.ts'
import { asked } from '../thrown-by.ts'
import { calls, keyOf, offered, perform, type Call, type Effect } from './engine.ts'
import { ReferenceView, type Configuration } from './view.ts'

/**
 * What the reference engine found: counts, and for each property seen to break (or to be reached)
 * at which depth.
 */
export interface Explored {
  readonly states: number
  readonly transitions: number
  readonly refusals: number
  readonly depth: number
  readonly seen: ReadonlyMap<string, number>
  /** The properties (and `omitted`) that nothing explored could break. */
  readonly vacuous: ReadonlySet<string>
  readonly configurations: readonly Configuration[]
}

/**
 * Breadth-first search over plain XState snapshots in a Map: no tables, no symmetry. Slow, and
 * short enough to be believed; the tabulated engine is held against it.
 *
 * @throws RangeError past `maxStates`
 * @throws CheckerError CHK013 where assumptions rule out all initial states
 */
export function explore(system: System, maxStates = 200_000): Explored {
  const found = new Set<string>()
  const queue: { readonly state: Configuration; readonly depth: number }[] = []
  const seen = new Map<string, number>()
  const vacuous = new Set(
    system.properties.filter((p) => p.kind === 'always' || p.kind === 'step').map((p) => p.id),
  )
  const left = new Set(system.omissions.map(omissionText))
  const see = (id: string, depth: number) => void (seen.has(id) || seen.set(id, depth))
  let transitions = 0
  let refusals = 0
  const arrive = (state: Configuration, depth: number) => {
    for (const p of system.properties) {
      const { seen, looked } = stateShown(system, p, state)
      if (seen) see(p.id, depth)
      if (looked) vacuous.delete(p.id)
    }
    if (danglingIn(system, state) !== null) see('dangling', depth)
  }
  let ruledOut = ''
  for (const { state } of starts(system)) {
    const assume = system.properties.find(
      (p) => p.kind === 'assume' && !stateHolds(system, p, state),
    )
    if (assume !== undefined) ruledOut ||= assume.id
    else if (!found.has(keyOf(state))) {
      if (queue.length >= maxStates) throw new RangeError(`more than ${maxStates} states`)
      found.add(keyOf(state))
      queue.push({ state, depth: 0 })
      arrive(state, 0)
    }
  }
  if (queue.length === 0) throw noStart(ruledOut)
  for (let at = 0; at < queue.length; at++) {
    const { state, depth } = queue[at]
    let enabled = 0
    for (const call of calls(system, state)) {
      const effect = perform(system, state, call)
      if (effect.kind === 'broken') see(effect.property, depth + 1)
      if (effect.kind !== 'done') continue
      if (effect.opposite !== null) see('locks', depth + 1)
      const { action } = call.operation
      for (const { kind, event } of effect.omitted)
        left.delete(omissionText({ action: action.name, kind, event }))
      if (assumedAway(system, effect)) continue
      for (const p of system.properties) {
        if (speaksOf(p, call, effect)) vacuous.delete(p.id)
        if (callSeen(system, p, state, call, effect)) see(p.id, depth + 1)
      }
      if (isRefusal(effect)) {
        refusals++
        continue
      }
      transitions++
      enabled++
      const key = keyOf(effect.next)
      if (found.has(key)) continue
      if (queue.length >= maxStates) throw new RangeError(`more than ${maxStates} states`)
      found.add(key)
      queue.push({ state: effect.next, depth: depth + 1 })
      arrive(effect.next, depth + 1)
    }
    if (enabled === 0 && system.terminal !== null && !isTerminal(system, state))
      see('deadlock', depth)
  }
  if (left.size > 0) vacuous.add('omitted')
  return {
    states: queue.length,
    transitions,
    refusals,
    depth: queue[queue.length - 1].depth,
    seen,
    vacuous,
    configurations: queue.map((q) => q.state),
  }
}

type Done = Extract<Effect, { kind: 'done' }>

/** Whether a call was refused and has changed nothing: no transition. */
const isRefusal = (effect: Done): boolean =>
  !effect.changed && effect.outcome !== 'ok' && effect.outcome !== 'step'

const assumedAway = (system: System, effect: Done): boolean =>
  effect.changed &&
  system.properties.some((p) => p.kind === 'assume' && !stateHolds(system, p, effect.next))

const isTerminal = (system: System, state: Configuration): boolean =>
  system.terminal !== null &&
  asked('terminal', () =>
    (system.terminal as (view: object) => boolean)(new ReferenceView(system, state).collections()),
  )

/** Whether a state has no transition and is not meant to be the last. */
export function* deadlocked(system: System, state: Configuration): Sliced<boolean> {
  if (isTerminal(system, state)) return false
  for (const call of offered(system, state, system.operations)) {
    const effect = perform(system, state, call)
    if (effect.kind === 'done' && !isRefusal(effect) && !assumedAway(system, effect)) return false
    yield
  }
  return true
}

const stateHolds = (system: System, property: Property<never>, state: Configuration): boolean =>
  judged(system, property, state).holds

function judged(system: System, property: Property<never>, state: Configuration) {
  const view = new ReferenceView(system, state)
  const judge = property.holds as (view: object) => boolean
  const holds = asked(property.id, () => judge(view.collections()))
  return { holds, looked: view.looked }
}

/**
 * Whether a property of states breaks (or is reached) in this one, and whether it looks at the
 * state of any component to tell.
 */
function stateShown(
  system: System,
  property: Property<never>,
  state: Configuration,
): { readonly seen: boolean; readonly looked: boolean } {
  const ofStates =
    property.kind === 'always' || (property.kind === 'cover' && property.holds !== undefined)
  if (!ofStates) return { seen: false, looked: false }
  const { holds, looked } = judged(system, property, state)
  return { seen: holds === (property.kind === 'cover'), looked }
}

/** Whether a property of states breaks (or is reached) in this one. */
export const stateSeen = (
  system: System,
  property: Property<never>,
  state: Configuration,
): boolean => stateShown(system, property, state).seen

/** Whether a property of calls speaks of this one. */
function speaksOf(property: Property<never>, { operation }: Call, { outcome }: Done): boolean {
  if (property.kind !== 'step' && !(property.kind === 'cover' && property.happens !== undefined))
    return false
  if (property.on !== undefined && !property.on.includes(operation.action)) return false
  return property.outcome === undefined || property.outcome === outcome
}

/** Whether a property of calls breaks (or is reached) in this call. */
export function callSeen(
  system: System,
  property: Property<never>,
  state: Configuration,
  call: Call,
  effect: Extract<Effect, { kind: 'done' }>,
): boolean {
  if (!speaksOf(property, call, effect)) return false
  const before = new ReferenceView(system, state)
  const after = new ReferenceView(system, effect.next)
  const constant = (name: string) =>
    call.operation.params.some((p) => p.name === name && 'oneOf' in p.param)
  const args = Object.fromEntries(
    Object.entries(call.args).map(([name, value]) => [
      name,
      constant(name) ? value : before.handle(value as string),
    ]),
  )
  const seen = {
    action: call.operation.name,
    args,
    outcome: effect.outcome,
    changed: effect.changed,
    before: before.collections([after]),
    after: after.collections([before]),
  }
  const judge = property.kind === 'step' ? property.holds : (property as Cover<never>).happens
  const says = asked(property.id, () => (judge as (call: object) => boolean)(seen))
  return property.kind === 'step' ? !says : says
}
