import { ObjectIds, type Edge, type System } from '../../checker/index.ts'
import { kindOf, type Binding } from '../binding/index.ts'
import { StateTable } from '../generate/state-table.ts'
import { callFor, type Call } from './call.ts'

/** A call, after the shortest sequence that makes it take its path through the kernel. */
export interface Case {
  readonly action: string
  readonly outcome: string
  /** The kinds of the arguments, by parameter. */
  readonly args: Readonly<Record<string, string>>
  /** The last one is the call itself. */
  readonly calls: readonly Call[]
}

interface Way {
  readonly state: number
  readonly edge: Edge
  readonly from: Way | null
}

/** A path through the kernel: what is called, with what kinds of objects, how it ends, which lifecycles it moves and how. */
const pathOf = (edge: Edge, taken: readonly { component: string; transition: string }[]): string => {
  const moves = taken.map((t) => `${kindOf(t.component)} ${t.transition}`)
  // A close does to each object what DESTROY would; in what order says nothing.
  const told = edge.step.action.startsWith('close(') ? [...new Set(moves)].sort() : moves
  const kinds = Object.values(edge.step.args).map((value) => kindOf(String(value)))
  return [edge.step.action, edge.step.outcome, ...kinds, ...told].join('\n')
}

/** One case for each path that a call of the system can take, each after a shortest sequence to it. */
export function cases(system: System, bindings: readonly Binding[]): Case[] {
  const table = new StateTable(system)
  const ways = new Map<number, Way | null>([[0, null]])
  const found = new Map<string, Way>()
  for (let state = 0; state < table.size; state++)
    for (const edge of table.edges(state)) {
      const way: Way = { state, edge, from: ways.get(state) ?? null }
      if (!ways.has(edge.to)) ways.set(edge.to, way)
      // An id that the call itself is about to give is no argument that can be written down before.
      if (new Set(Object.values(edge.step.args)).size < Object.keys(edge.step.args).length) continue
      const path = pathOf(edge, table.effect(state, edge).taken)
      if (!found.has(path)) found.set(path, way)
    }
  return [...found.values()].map((way) => {
    const ids = new ObjectIds()
    const moves: Way[] = []
    for (let at: Way | null = way; at !== null; at = at.from) moves.unshift(at)
    const calls = moves.map(({ state, edge }) => {
      const call = callFor(bindings, system, edge.step, (component) => ids.of(component))
      table.effect(state, edge).ids(ids)
      return call
    })
    const { action, outcome, args } = way.edge.step
    return { action, outcome, args: Object.fromEntries(Object.entries(args).map(([k, v]) => [k, kindOf(String(v))])), calls }
  })
}
