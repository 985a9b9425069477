import type { Reachable } from './reachable.ts'
import type { StateTable } from './state-table.ts'
import type { Covered } from './targets.ts'
import type { Move } from './walk.ts'

/** Calls after which a sequence is not extended any more. */
const longEnough = 100

/**
 * Sequences that cover all that can be reached and is not covered yet. A sequence is extended by
 * the shortest way to the nearest target as long as there is one, so that calls serve several; what
 * needs a history of its own begins anew. `covered` is brought up to date.
 */
export function coveringSequences(
  table: StateTable,
  reachable: Reachable,
  covered: Covered,
): Move[][] {
  const sequences: Move[][] = []
  const note = (moves: readonly Move[], last: Map<string, string>) => {
    for (const { state, edge } of moves)
      covered.note(edge.step.action, edge.step.outcome, table.effect(state, edge), last)
  }
  for (;;) {
    const moves: Move[] = []
    const last = new Map<string, string>()
    let more = nearest(table, 0, last, covered)
    while (more !== null) {
      note(more, last)
      moves.push(...more)
      more =
        moves.length < longEnough
          ? nearest(table, moves[moves.length - 1].edge.to, last, covered)
          : null
    }
    if (moves.length === 0) break
    sequences.push(moves)
  }
  for (const target of [
    ...reachable.outcomes,
    ...reachable.paths,
    ...reachable.transitions,
    ...reachable.pairs,
  ]) {
    if (covered.has(target)) continue
    const moves = reachable.way(target)
    note(moves, new Map())
    sequences.push(moves)
  }
  return sequences
}

interface Node {
  readonly state: number
  readonly last: ReadonlyMap<string, string>
  readonly from: Node | null
  readonly move: Move | null
}

/**
 * The shortest way from a state to a call that covers something new; null where none was found. Of
 * ways to a state only one is looked at.
 */
function nearest(
  table: StateTable,
  start: number,
  last: ReadonlyMap<string, string>,
  covered: Covered,
): Move[] | null {
  const seen = new Set([start])
  const nodes: Node[] = [{ state: start, last, from: null, move: null }]
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i]
    for (const edge of table.edges(node.state)) {
      const move: Move = { state: node.state, edge }
      const effect = table.effect(node.state, edge)
      if (!covered.knows(edge.step.action, edge.step.outcome, effect, node.last)) {
        const moves = [move]
        for (let at: Node = node; at.from !== null; at = at.from) moves.unshift(at.move as Move)
        return moves
      }
      if (seen.has(edge.to)) continue
      seen.add(edge.to)
      const after = new Map(node.last)
      for (const { component, transition } of effect.taken) after.set(component, transition)
      nodes.push({ state: edge.to, last: after, from: node, move })
    }
  }
  return null
}
