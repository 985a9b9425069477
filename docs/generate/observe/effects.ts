import {
  StateGraph,
  type Configuration,
  type Local,
  type System,
  type TraceStep,
  type Json,
} from '../../../checker/index.ts'
import { callerKind, kindOf, stableText } from '../../../checker/inspect.ts'
import { various } from './covers.ts'

/**
 * What became of a field: of which state the object came (null: it stays), the field (empty for the
 * state), and `+1`, a part of the call, a value.
 */
export type Change = readonly [from: string | null, field: string, what: string]

/** What happens to one object of a call, or to all that end in the same state. */
export interface ObjectEffect {
  /** The object's part in the call: an argument's name, or null where it is none. */
  readonly part: string | null
  readonly kind: string
  /** The state that it comes to; null where it stays in its own. */
  readonly to: string | null
  /** In how many calls it happens. */
  readonly times: number
  readonly changes: readonly Change[]
}

/** What a call with one outcome changes, in all states of a system. */
export interface Effect {
  readonly call: string
  readonly outcome: string
  /**
   * The kind of the argument that can be of several kinds, as `obj=viommu`; null where the call has
   * no such argument.
   */
  readonly given: string | null
  /** How many of these calls change something. */
  readonly calls: number
  readonly objects: readonly ObjectEffect[]
}

/** What the calls of a system change, in any of its states. Calls are to be whole, states few. */
export function effectsOf(system: System): Effect[] {
  const graph = new StateGraph(system)
  const states: Configuration[] = []
  const at = (state: number) => (states[state] ??= graph.configuration(state))
  // Few effects differ, of the many that there are.
  const found = new Map<string, { readonly effect: Effect; times: number }>()
  for (let state = 0; state < graph.size; state++)
    for (const { step, to } of graph.successors(state)) {
      if (to === state) continue
      const effect = effectOf(system, step, at(state), at(to))
      const key = JSON.stringify(effect)
      const known = found.get(key)
      if (known === undefined) found.set(key, { effect, times: 1 })
      else known.times++
    }
  return mergeEffects(
    [...found.values()].map(({ effect, times }) => ({
      ...effect,
      calls: times,
      objects: effect.objects.map((object) => ({ ...object, times })),
    })),
  )
}

/** Effects of the same call with the same outcome and argument as one. */
export function mergeEffects(all: Iterable<Effect>): Effect[] {
  const merged = new Map<
    string,
    {
      effect: Effect
      calls: number
      objects: Map<string, { object: ObjectEffect; times: number; changes: Map<string, Change> }>
    }
  >()
  for (const effect of all) {
    const key = `${effect.call}\n${effect.outcome}\n${effect.given}`
    let one = merged.get(key)
    if (one === undefined) merged.set(key, (one = { effect, calls: 0, objects: new Map() }))
    one.calls += effect.calls
    for (const object of effect.objects) {
      const name = `${object.part} ${object.kind} ${object.to}`
      let known = one.objects.get(name)
      if (known === undefined)
        one.objects.set(name, (known = { object, times: 0, changes: new Map() }))
      known.times += object.times
      for (const change of object.changes) known.changes.set(change.join('\n'), change)
    }
  }
  return [...merged.values()].map(({ effect, calls, objects }) => ({
    ...effect,
    calls,
    objects: [...objects.values()].map(({ object, times, changes }) => ({
      ...object,
      times,
      changes: [...changes.values()],
    })),
  }))
}

function effectOf(
  system: System,
  step: TraceStep,
  before: Configuration,
  after: Configuration,
): Effect {
  const { action: call, args, outcome } = step
  const objects = new Map<string, ObjectEffect>()
  for (const [name, was] of before) {
    const is = after.get(name) as Local
    const kind = kindOf(name)
    if (was === is || kind === callerKind) continue
    const part = Object.entries(args).find(([, value]) => value === name)?.[0] ?? null
    const [from, to] = [stateText(was.value), stateText(is.value)]
    const move = from === to ? null : from
    const key = `${part} ${kind} ${move === null ? null : to}`
    const known = objects.get(key)?.changes ?? []
    objects.set(key, {
      part,
      kind,
      to: move === null ? null : to,
      times: 1,
      changes: [
        ...known,
        ...(move === null ? [] : [[move, '', ''] as const]),
        ...fieldChanges(move, was, is, args),
      ],
    })
  }
  return { call, outcome, given: givenOf(system, step), calls: 1, objects: [...objects.values()] }
}

function fieldChanges(move: string | null, was: Local, is: Local, args: object): Change[] {
  return Object.keys(is.context).flatMap((field): Change[] => {
    const [old, now] = [was.context[field], is.context[field]]
    if (stableText(old) === stableText(now)) return []
    return [
      [
        move,
        field,
        typeof old === 'number' && typeof now === 'number'
          ? signed(now - old)
          : valueText(now, args),
      ],
    ]
  })
}

/** The argument that can be of several kinds, with the kind that it is of. */
function givenOf(system: System, { action, args }: TraceStep): string | null {
  const operation = system.operations.find(({ name }) => name === action)
  const [first] = operation === undefined ? [] : various(operation.action)
  return first === undefined ? null : `${first.param}=${kindOf(String(args[first.param]))}`
}

const stateText = (value: Json) => (typeof value === 'string' ? value : stableText(value))
/** A difference with its sign. */
export const signed = (n: number): string => (n > 0 ? `+${n}` : `−${-n}`)

/** A value as a page shows it: a reference by the argument that it names, else by its kind. */
function valueText(value: Json, args: object): string {
  if (typeof value !== 'string') return stableText(value)
  const part = Object.entries(args).find(([, v]) => v === value)?.[0]
  return (
    part ??
    (/\[\d+\]$/.test(value)
      ? `${/^[aeiou]/.test(kindOf(value)) ? 'an' : 'a'} ${kindOf(value)}`
      : value)
  )
}
