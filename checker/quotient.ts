import { aspectText, kindOf, type Aspect } from './aspect.ts'
import { drive, type DriveOptions } from './drive.ts'
import type { Cut } from './report.ts'
import type { System } from './system.ts'
import { Projection } from './tabulated/projection.ts'
import { blockedEnding } from './tabulated/runner.ts'
import type { Search } from './tabulated/search.ts'

/** A class of states in which the aspects are alike. */
export interface QuotientNode {
  /** What the aspects are there, by aspect: one text for each component, sorted where components can stand for one another. */
  readonly values: { readonly [aspect: string]: readonly string[] }
  /** States in the class; under symmetry, orbits. */
  readonly states: number
}

/** Calls that lead from one class to another. */
export interface QuotientEdge {
  readonly from: number
  readonly to: number
  readonly action: string
  readonly outcome: string
}

/** A state graph seen through some aspects. The first node is where the system starts. */
export interface Quotient {
  readonly nodes: readonly QuotientNode[]
  readonly edges: readonly QuotientEdge[]
  /** States explored. */
  readonly states: number
  readonly symmetry: boolean
  /** What cut the exploration short, if anything: then there may be more nodes and edges. */
  readonly cut: Cut | null
}

/**
 * Explores a system, and puts states in which the aspects are alike into one node. Symmetry is used where no aspect names a component by
 * number: then components that can stand for one another are told apart by what they are, and references to them have no number.
 *
 * @throws CheckerError CHK011 where an aspect names what is not there
 */
export async function quotient(
  system: System,
  aspects: readonly Aspect[],
  { maxStates = Infinity, ...outside }: DriveOptions & { readonly maxStates?: number } = {},
): Promise<Quotient> {
  const kinds = aspects.map((aspect) => kindOf(system, aspect))
  const symmetry = aspects.every((aspect) => aspect.instance === null)
  const { search, cut } = await drive(system, { order: 'breadth', symmetry, maxStates, maxDepth: Infinity }, outside)
  const projection = new Projection(search.walker, aspects, kinds, search.canon !== null)
  const edges = new Map<string, QuotientEdge>()
  const counts: number[] = []
  for (let state = 0; state < search.states; state++) {
    const from = at(search, state, projection)
    counts[from] = (counts[from] ?? 0) + 1
    if (state >= search.expanded) continue
    for (const instance of search.instances.filter((i) => search.slots.allow(i))) {
      const ending = search.runner.follow(instance)
      if (ending !== blockedEnding && search.runner.endings[ending].unaccepted === null && search.permits()) {
        const to = projection.after(from)
        const { outcome } = search.runner.endings[ending]
        const { name: action } = instance.operation
        const key = `${from} ${to} ${action} ${outcome}`
        if (to !== from && !edges.has(key)) edges.set(key, { from, to, action, outcome })
      }
      search.walker.rollback(0)
    }
  }
  const nodes = projection.classes.map((values, i) => ({
    values: Object.fromEntries(aspects.map((aspect, a) => [aspectText(aspect), values[a]])),
    states: counts[i] ?? 0,
  }))
  return { nodes, edges: [...edges.values()], states: search.states, symmetry: search.canon !== null, cut }
}

/** Puts a stored state at hand; returns its class. */
function at({ store, walker, slots }: Search, state: number, projection: Projection): number {
  store.layout.unpack(store.states.chunk(state), store.states.offset(state), walker.now)
  walker.before.set(walker.now)
  walker.writes = 0
  slots.update()
  return projection.now()
}
