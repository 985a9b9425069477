import { type Machine, type PlainEvent, stateNodes, transitionsOf } from '../../checker/inspect.ts'
import { adjacencyMapToArray, getAdjacencyMap } from '@xstate/graph'
import type { AnyActorLogic, AnyMachineSnapshot, AnyStateNode, StateValue } from 'xstate'
import type { System, Local } from '../../checker/index.ts'
import { pairName, transitionName } from './targets.ts'

/** What one lifecycle allows, whatever the system around it does. */
export interface Alone {
  readonly transitions: ReadonlySet<string>
  readonly pairs: ReadonlySet<string>
}

/** No count goes beyond this. */
const most = 3

const counted = ({ context }: AnyMachineSnapshot): boolean =>
  Object.values(context as Record<string, unknown>).some(
    (value) => typeof value === 'number' && value > most,
  )

/** What events may carry; of a reference it matters only that it is there. */
const payload = Object.fromEntries(
  ['ioas', 'hwpt', 'parent', 'viommu', 'device', 'vdev', 'virtId', 'domain'].map((field) => [
    field,
    `${field}[0]`,
  ]),
)

/**
 * All transitions, and all pairs of consecutive ones, that the lifecycles of a system allow one by
 * one, counts no higher than three.
 */
export function alone(system: System): Alone {
  const transitions = new Set<string>()
  const pairs = new Set<string>()
  for (const kind of system.kinds) {
    if (kind.machine === null) continue
    const { into, outOf } = walked(kind.machine, kind.initial)
    for (const out of outOf.values())
      for (const t of out) transitions.add(transitionName(kind.name, t))
    for (const [state, ins] of into)
      for (const a of ins)
        for (const b of outOf.get(state) ?? []) pairs.add(pairName(kind.name, a, b))
  }
  return { transitions, pairs }
}

/**
 * The transitions that lead into each local state, refusals there among them, and those out of it.
 */
function walked(machine: Machine, initial: readonly Local[]) {
  const into = new Map<string, Set<string>>()
  const outOf = new Map<string, Set<string>>()
  const add = (to: Map<string, Set<string>>, state: string, names: readonly string[]) => {
    const set = to.get(state) ?? new Set()
    to.set(state, set)
    for (const name of names) set.add(name)
  }
  const { logic } = machine
  // XState's own list of events leaves out those that change nothing.
  const types = new Set(
    [...stateNodes(logic.root as AnyStateNode)]
      .flatMap((node) => [...transitionsOf(node)])
      .map((t) => t.eventType),
  )
  const events = [...types].map((type) => ({ type, ...payload }))
  for (const start of initial) {
    const fromState = logic.resolveState({
      value: start.value as StateValue,
      context: start.context,
    })
    const map = getAdjacencyMap(logic as AnyActorLogic, {
      events,
      fromState,
      stopWhen: (s) => counted(s as AnyMachineSnapshot),
    })
    for (const { state, event, nextState } of adjacencyMapToArray(map)) {
      const local = localOf(state as AnyMachineSnapshot)
      const taken = machine.step(local, event as PlainEvent)
      if (taken.kind === 'unaccepted') continue
      add(outOf, JSON.stringify(local), taken.by)
      add(into, JSON.stringify(localOf(nextState as AnyMachineSnapshot)), taken.by)
    }
  }
  return { into, outOf }
}

const localOf = ({ value, context }: AnyMachineSnapshot): Local => ({
  value: value as Local['value'],
  context,
  status: 'active',
})
