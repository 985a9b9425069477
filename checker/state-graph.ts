import type { Local } from './machine.ts'
import type { Configuration } from './reference/view.ts'
import type { TraceStep } from './report.ts'
import { starts } from './starts.ts'
import { refText, type System } from './system.ts'
import { FreeSlots } from './tabulated/free-slots.ts'
import { instances, type Instance } from './tabulated/instances.ts'
import { blockedEnding, callOf, Runner } from './tabulated/runner.ts'
import { Walker } from './tabulated/walker.ts'
import { Watch } from './tabulated/watch.ts'
import { assertState, assertSystem } from './validate/arguments.ts'

/** A call that a state offers, and where it leads. */
export interface Edge {
  /** The call. */
  readonly step: TraceStep
  /** The state that follows; a refusal without a trace leads back. */
  readonly to: number
  /**
   * Whether the call committed: it changed something, or succeeded without a change. Refusals do
   * not.
   */
  readonly commits: boolean
}

/**
 * The state graph of a system, found as far as it is asked for, without symmetry: states are
 * numbers, 0 is the initial one, or the first of several. Successors are found by the tabulated engine and not kept; states
 * are.
 *
 * @example
 * ```ts
 * import { model, StateGraph, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const graph = new StateGraph(lamps)
 * for (const { step, to } of graph.successors(0)) console.log(step.action, step.args.lamp, to, graph.configuration(to).get('lamp[1]')?.value)
 * // → press lamp[0] 1 off
 * // → press lamp[1] 2 on
 * ```
 */
export class StateGraph {
  /** What the graph is of. */
  readonly system: System
  /** How many initial states there are: the first ones. */
  readonly starts: number
  readonly #walker: Walker
  readonly #runner: Runner
  readonly #instances: readonly Instance[]
  readonly #slots: FreeSlots
  readonly #assumes: readonly Watch[]
  readonly #numbers = new Map<string, number>()
  readonly #states: Uint32Array[] = []

  /** The graph of a system, with its initial states found. */
  constructor(system: System) {
    assertSystem(system, 'StateGraph')
    this.system = system
    this.#walker = new Walker(system)
    this.#runner = new Runner(this.#walker)
    this.#instances = instances(system, this.#walker.program)
    this.#slots = new FreeSlots(this.#walker, this.#instances)
    this.#assumes = system.properties
      .filter((p) => p.kind === 'assume')
      .map((p) => new Watch(p, this.#walker, this.#runner))
    for (const { state } of starts(system)) {
      this.#walker.put(state)
      this.#number()
    }
    this.starts = this.#states.length
  }

  /** States found so far. */
  get size(): number {
    return this.#states.length
  }

  /**
   * The calls that a state offers, refusals among them, in the order of operations and arguments.
   * Of free slots that are alike the first is taken.
   *
   * @throws CheckerError where the system cannot be treated exactly
   */
  successors(state: number): Edge[] {
    assertState(state, this.size)
    const walker = this.#walker
    const edges: Edge[] = []
    walker.now.set(this.#states[state])
    walker.before.set(walker.now)
    this.#slots.update()
    const offered = this.#instances.filter((instance) => this.#slots.allow(instance))
    for (const instance of offered) {
      const ending = this.#runner.follow(instance)
      if (ending !== blockedEnding) {
        const { outcome, ok, broken } = this.#runner.endings[ending]
        const changed = broken === null && walker.hasChanged()
        if (!changed || this.#assumes.every((assume) => assume.holds())) {
          const { operation, args } = callOf(walker, instance)
          const commits = changed || (ok && broken === null)
          edges.push({
            step: { action: operation.name, args, outcome },
            to: changed ? this.#number() : state,
            commits,
          })
        }
      }
      walker.rollback(0)
    }
    return edges
  }

  /** The local state of every component, by name. */
  configuration(state: number): Configuration {
    assertState(state, this.size)
    const { locals } = this.#walker.tables
    return new Map(
      this.system.kinds.flatMap((kind) =>
        kind.machine === null
          ? []
          : Array.from({ length: kind.count }, (_, i): [string, Local] => [
              refText(kind.name, i),
              locals[kind.index].contents[this.#states[state][kind.base + i]],
            ]),
      ),
    )
  }

  /** The number of the state at hand. */
  #number(): number {
    const { now } = this.#walker
    const key = String.fromCharCode(...now)
    let number = this.#numbers.get(key)
    if (number === undefined)
      this.#numbers.set(key, (number = this.#states.push(Uint32Array.from(now)) - 1))
    return number
  }
}
