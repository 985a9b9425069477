import { aspectText, kindOfAspect, type Aspect } from './aspect.ts'
import { drive, type DriveOptions } from './drive.ts'
import type { Cut } from './report.ts'
import type { System } from './system.ts'
import type { Instance } from './tabulated/instances.ts'
import { Projection } from './tabulated/projection.ts'
import type { Search } from './tabulated/search.ts'
import { assertAspects, assertQuotientOptions, assertSystem } from './validate/arguments.ts'

/** A class of states in which the aspects are alike. */
export interface QuotientNode {
  /**
   * What the aspects are there, by aspect: one text for each component, sorted where components can
   * stand for one another.
   */
  readonly values: { readonly [aspect: string]: readonly string[] }
  /** States in the class; under symmetry, orbits. */
  readonly states: number
}

/** Calls that lead from one class to another. */
export interface QuotientEdge {
  /** The number of a node. */
  readonly from: number
  /** The number of another node. */
  readonly to: number
  /** The action's name. */
  readonly action: string
  /** How the call ended. */
  readonly outcome: string
}

/** A state graph seen through some aspects. The first node is where the system starts. */
export interface Quotient {
  /** The classes, in the order in which they were found. */
  readonly nodes: readonly QuotientNode[]
  /** Calls between different classes, each kind of call once. */
  readonly edges: readonly QuotientEdge[]
  /** States explored. */
  readonly states: number
  /** Whether states were counted up to the numbering of interchangeable components. */
  readonly symmetry: boolean
  /** What cut the exploration short, if anything: then there may be more nodes and edges. */
  readonly cut: Cut | null
}

/**
 * Explores a system, and puts states in which the aspects are alike into one node. Symmetry is used
 * where no aspect names a component by number: then components that can stand for one another are
 * told apart by what they are, and references to them have no number.
 *
 * @throws CheckerError CHK011 where an aspect names what is not there
 *
 * @example
 * ```ts
 * import { model, quotient, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const { nodes, edges } = await quotient(lamps, [{ kind: 'lamp', instance: 0, field: null }])
 * console.log(nodes.length, nodes[0].states, edges[0].action) // → 2 2 press
 * ```
 */
export async function quotient(
  system: System,
  aspects: readonly Aspect[],
  options: DriveOptions & { readonly maxStates?: number } = {},
): Promise<Quotient> {
  assertSystem(system, 'quotient')
  assertAspects(aspects)
  assertQuotientOptions(options)
  const { maxStates = Infinity, ...outside } = options
  const kinds = aspects.map((aspect) => kindOfAspect(system, aspect))
  const symmetry = aspects.every((aspect) => aspect.instance === null)
  const edges = new Map<string, QuotientEdge>()
  let projection: Projection | null = null
  let expanded = -1
  let from = 0
  const observe = (search: Search, state: number, instance: Instance, ending: number) => {
    projection ??= new Projection(search.walker, aspects, kinds, search.canon !== null)
    if (state !== expanded) from = projection.of(search.walker.before)
    expanded = state
    const to = projection.after(from)
    if (to === from) return
    const { outcome } = search.runner.endings[ending]
    const { name: action } = instance.operation
    const key = `${from} ${to} ${action} ${outcome}`
    if (!edges.has(key)) edges.set(key, { from, to, action, outcome })
  }
  const { search, cut } = await drive(
    system,
    { order: 'breadth', symmetry, maxStates, maxDepth: Infinity, observe },
    outside,
  )
  const found = projection ?? new Projection(search.walker, aspects, kinds, search.canon !== null)
  const counts: number[] = []
  const { layout, states } = search.store
  const locals = new Int32Array(system.components)
  for (let state = 0; state < search.states; state++) {
    layout.unpack(states.chunk(state), states.offset(state), locals)
    const node = found.of(locals)
    counts[node] = (counts[node] ?? 0) + 1
  }
  const nodes = found.classes.map((values, i) => ({
    values: Object.fromEntries(aspects.map((aspect, a) => [aspectText(aspect), values[a]])),
    states: counts[i] ?? 0,
  }))
  return {
    nodes,
    edges: [...edges.values()],
    states: search.states,
    symmetry: search.canon !== null,
    cut,
  }
}
