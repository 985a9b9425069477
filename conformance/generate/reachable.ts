import { kindOf } from '../../checker/inspect.ts'
import type { Effect } from './effect.ts'
import type { StateTable } from './state-table.ts'
import {
  byComponent,
  outcomeName,
  pairName,
  pathName,
  transitionName,
  type Targets,
} from './targets.ts'
import type { Move } from './walk.ts'

/** Everything that calls within the bounds can cover, and for each target a shortest way to it. */
export interface Reachable extends Targets {
  /** A sequence from the start whose last call covers the target. */
  way(target: string): Move[]
}

/** The calls of a state as numbers: where each leads, and its effect. */
interface Calls {
  readonly to: Int32Array
  readonly effect: Int32Array
}

/**
 * A state with the last transition of the object that is looked at, and the call by which it was
 * first met.
 */
interface Node {
  readonly state: number
  readonly last: number
  readonly from: Node | null
  readonly call: number
}

const none = -1

/** All calls of all states as numbers. */
function flat(table: StateTable): {
  readonly calls: readonly Calls[]
  readonly effects: readonly Effect[]
} {
  const numbers = new Map<Effect, number>()
  const calls = Array.from({ length: table.explore() }, (_, state): Calls => {
    const edges = table.edges(state)
    const effect = Int32Array.from(edges, (edge) => {
      const found = table.effect(state, edge)
      const number = numbers.get(found) ?? numbers.size
      numbers.set(found, number)
      return number
    })
    return { to: Int32Array.from(edges, (edge) => edge.to), effect }
  })
  return { calls, effects: [...numbers.keys()] }
}

/**
 * Finds what a table's calls can cover, all states looked at. Pairs ask for more than states: they
 * are found over states with the last transition of one object, for each object in turn.
 */
export function reachable(table: StateTable): Reachable {
  const { calls, effects } = flat(table)
  const transitionsOf = effects.map(byComponent)
  const found = {
    outcomes: new Set<string>(),
    paths: new Set<string>(),
    transitions: new Set<string>(),
    pairs: new Set<string>(),
  }
  const ways = new Map<string, { readonly from: Node; readonly call: number }>()
  const reach = (set: Set<string>, target: string, from: Node, call: number) => {
    if (set.has(target)) return
    set.add(target)
    ways.set(target, { from, call })
  }

  /**
   * Looks at all states, over and over for one object: once for each transition that can be its
   * last.
   */
  const look = (size: number, visitCall: (node: Node, call: number, effect: number) => number) => {
    const seen = new Set<number>()
    const nodes: Node[] = []
    const visit = (state: number, last: number, from: Node | null, call: number) => {
      const key = state * size + last + 1
      if (seen.has(key)) return
      seen.add(key)
      nodes.push({ state, last, from, call })
    }
    visit(0, none, null, none)
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i]
      const { to, effect } = calls[node.state]
      for (let call = 0; call < to.length; call++)
        visit(to[call], visitCall(node, call, effect[call]), node, call)
    }
  }

  const told = new Set<string>()
  look(1, (node, call, effect) => {
    const { action, outcome } = table.edges(node.state)[call].step
    const key = `${effect} ${action} ${outcome}`
    if (!told.has(key)) {
      told.add(key)
      reach(found.outcomes, outcomeName(action, outcome), node, call)
      reach(found.paths, pathName(action, outcome, effects[effect]), node, call)
    }
    return none
  })
  for (const component of table.graph.configuration(0).keys()) {
    const kind = kindOf(component)
    const names: string[] = []
    const number = (transition: string) =>
      names.includes(transition) ? names.indexOf(transition) : names.push(transition) - 1
    const sequences = transitionsOf.map((by) => by.get(component)?.map(number))
    const pairs = new Set<number>()
    const size = names.length + 1
    look(size, (node, call, effect) => {
      let { last } = node
      for (const transition of sequences[effect] ?? []) {
        if (!pairs.has((last + 1) * size + transition)) {
          pairs.add((last + 1) * size + transition)
          reach(found.transitions, transitionName(kind, names[transition]), node, call)
          if (last !== none)
            reach(found.pairs, pairName(kind, names[last], names[transition]), node, call)
        }
        last = transition
      }
      return last
    })
  }
  return {
    ...found,
    way: (target) => {
      const end = ways.get(target)
      if (end === undefined) throw new RangeError(`nothing leads to ${target}`)
      const move = (state: number, call: number): Move => ({
        state,
        edge: table.edges(state)[call],
      })
      const moves = [move(end.from.state, end.call)]
      for (let node = end.from; node.from !== null; node = node.from)
        moves.unshift(move(node.from.state, node.call))
      return moves
    },
  }
}
