import type { Edge } from '../../checker/index.ts'
import { kindOf } from '../binding/index.ts'
import type { StateTable } from './state-table.ts'
import { byComponent, outcomeName, pairName, transitionName, type Targets } from './targets.ts'
import type { Move } from './walk.ts'

/** Everything that calls within the bounds can cover, and for each target a shortest way to it. */
export interface Reachable extends Targets {
  /** A sequence from the start whose last call covers the target. */
  way(target: string): Move[]
}

/** A state, with the last transition of the object that is looked at. */
interface Node {
  readonly state: number
  readonly last: number
  readonly from: Node | null
  readonly edge: Edge | null
}

const none = -1

/**
 * Finds what a table's calls can cover, all states looked at. Pairs ask for more than states: they are found over states with the last
 * transition of one object, for each object in turn.
 */
export function reachable(table: StateTable): Reachable {
  table.explore()
  const outcomes = new Set<string>()
  const transitions = new Set<string>()
  const pairs = new Set<string>()
  const ways = new Map<string, { readonly from: Node; readonly edge: Edge }>()
  const reach = (set: Set<string>, target: string, from: Node, edge: Edge) => {
    if (set.has(target)) return
    set.add(target)
    ways.set(target, { from, edge })
  }

  /** Looks at all states for one object; `null` for outcomes alone. */
  const look = (component: string | null) => {
    const kind = component === null ? '' : kindOf(component)
    const numbers = new Map<string, number>()
    const names: string[] = []
    const seen = new Map<number, Set<number>>()
    const nodes: Node[] = []
    const visit = (node: Node) => {
      let lasts = seen.get(node.state)
      if (lasts === undefined) seen.set(node.state, (lasts = new Set()))
      if (lasts.has(node.last)) return
      lasts.add(node.last)
      nodes.push(node)
    }
    visit({ state: 0, last: none, from: null, edge: null })
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]
      for (const edge of table.edges(node.state)) {
        let { last } = node
        if (component === null) reach(outcomes, outcomeName(edge.step.action, edge.step.outcome), node, edge)
        else
          for (const transition of byComponentOf(table, node.state, edge).get(component) ?? []) {
            reach(transitions, transitionName(kind, transition), node, edge)
            if (last !== none) reach(pairs, pairName(kind, names[last], transition), node, edge)
            let number = numbers.get(transition)
            if (number === undefined) numbers.set(transition, (number = names.push(transition) - 1))
            last = number
          }
        visit({ state: edge.to, last, from: node, edge })
      }
    }
  }
  look(null)
  for (const component of table.graph.configuration(0).keys()) look(component)
  return {
    outcomes,
    transitions,
    pairs,
    way: (target) => {
      const found = ways.get(target)
      if (found === undefined) throw new RangeError(`nothing leads to ${target}`)
      const moves: Move[] = [{ state: found.from.state, edge: found.edge }]
      for (let node: Node = found.from; node.from !== null; node = node.from) moves.unshift({ state: node.from.state, edge: node.edge as Edge })
      return moves
    },
  }
}

const known = new WeakMap<object, ReadonlyMap<string, readonly string[]>>()
function byComponentOf(table: StateTable, state: number, edge: Edge): ReadonlyMap<string, readonly string[]> {
  const effect = table.effect(state, edge)
  let found = known.get(effect)
  if (found === undefined) known.set(effect, (found = byComponent(effect)))
  return found
}
