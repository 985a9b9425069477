import type { Edge } from '../../checker/index.ts'
import type { Random } from './random.ts'
import type { StateTable } from './state-table.ts'

/** A call on the way through a state graph. */
export interface Move {
  readonly state: number
  readonly edge: Edge
}

/** One call in so many closes the context, where it can be closed. */
const closesOnceIn = 40

/**
 * A walk of `length` calls from the start. What to call is drawn first, then how it ends, then with
 * what: so rare outcomes are as likely as common ones.
 */
export function walk(table: StateTable, random: Random, length: number): Move[] {
  const moves: Move[] = []
  let state = 0
  while (moves.length < length) {
    const all = table.edges(state)
    const closing = all.filter(({ step }) => step.action.startsWith('close('))
    const calls =
      closing.length === all.length || (closing.length > 0 && random.below(closesOnceIn) === 0)
        ? closing
        : without(all, closing)
    const ofAction = drawn(calls, random, ({ step }) => step.action)
    const edge = random.pick(drawn(ofAction, random, ({ step }) => step.outcome))
    moves.push({ state, edge })
    state = edge.to
  }
  return moves
}

const without = (all: readonly Edge[], some: readonly Edge[]) =>
  some.length === 0 ? all : all.filter((edge) => !some.includes(edge))

/** The edges with one value of a key, all values equally likely. */
function drawn(
  edges: readonly Edge[],
  random: Random,
  key: (edge: Edge) => string,
): readonly Edge[] {
  const values = [...new Set(edges.map(key))]
  const value = random.pick(values)
  return edges.filter((edge) => key(edge) === value)
}
