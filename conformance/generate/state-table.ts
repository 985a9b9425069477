import { StateGraph, type Configuration, type Edge, type System } from '../../checker/index.ts'
import { Effects, type Effect } from './effect.ts'

/** A state graph that keeps what was asked of it, with the effects of calls. */
export class StateTable {
  readonly graph: StateGraph
  readonly effects: Effects
  readonly #edges: (readonly Edge[] | undefined)[] = []
  readonly #configurations: (Configuration | undefined)[] = []
  readonly #effects = new WeakMap<Edge, Effect>()
  readonly #keep: number

  /**
   * @param keep - for how many states calls are kept; those of others are worked out anew each time
   */
  constructor(system: System, keep = 40_000) {
    this.graph = new StateGraph(system)
    this.effects = new Effects(system)
    this.#keep = keep
  }

  get system(): System {
    return this.graph.system
  }

  /** States found so far. */
  get size(): number {
    return this.graph.size
  }

  /** The calls that a state offers. */
  edges(state: number): readonly Edge[] {
    const known = this.#edges[state]
    if (known !== undefined) return known
    const edges = this.graph.successors(state)
    if (state < this.#keep) this.#edges[state] = edges
    return edges
  }

  /** What a call of a state does. */
  effect(state: number, edge: Edge): Effect {
    const known = this.#effects.get(edge)
    if (known !== undefined) return known
    const effect = this.effects.of(
      edge.step,
      this.#configuration(state),
      this.#configuration(edge.to),
    )
    this.#effects.set(edge, effect)
    return effect
  }

  #configuration(state: number): Configuration {
    const known = this.#configurations[state]
    if (known !== undefined) return known
    const found = this.graph.configuration(state)
    if (state < this.#keep) this.#configurations[state] = found
    return found
  }

  /** Finds every state; returns how many there are. */
  explore(): number {
    for (let state = 0; state < this.size; state++) this.edges(state)
    return this.size
  }
}
