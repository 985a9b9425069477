import type { Edge } from '../../checker/index.ts'
import { kindOf } from '../../checker/inspect.ts'
import type { StateTable } from './state-table.ts'

/** A call on the way from the start. */
export interface Way {
  readonly state: number
  readonly edge: Edge
  readonly from: Way | null
}

/** The kinds of a call's arguments. */
export const kindsOf = ({ step }: Edge): string[] =>
  Object.values(step.args).map((value) => kindOf(String(value)))

/**
 * The path that a call takes through the kernel: what is called, with what kinds of objects, how it
 * ends, which lifecycles it moves and how.
 */
export function pathOf(table: StateTable, state: number, edge: Edge): string {
  const { action, outcome } = edge.step
  const moves = table.effect(state, edge).taken.map((t) => `${kindOf(t.component)} ${t.transition}`)
  // A close does to each object what DESTROY would; in what order says nothing.
  const told = action.startsWith('close(') ? [...new Set(moves)].sort() : moves
  return [action, outcome, ...kindsOf(edge), ...told].join('\n')
}

/**
 * Every path that a call of the system can take, with a shortest way to it, in the order of their
 * lengths.
 */
export function paths(table: StateTable): Map<string, Way> {
  const ways = new Map<number, Way | null>([[0, null]])
  const found = new Map<string, Way>()
  for (let state = 0; state < table.size; state++)
    for (const edge of table.edges(state)) {
      const way: Way = { state, edge, from: ways.get(state) ?? null }
      if (!ways.has(edge.to)) ways.set(edge.to, way)
      // An id that the call itself is about to give is no argument that can be written down before.
      if (new Set(Object.values(edge.step.args)).size < Object.keys(edge.step.args).length) continue
      const path = pathOf(table, state, edge)
      if (!found.has(path)) found.set(path, way)
    }
  return found
}

/** The calls of a way, from the start. */
export function movesOf(way: Way): Way[] {
  const moves: Way[] = []
  for (let at: Way | null = way; at !== null; at = at.from) moves.unshift(at)
  return moves
}
