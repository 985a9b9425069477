import { ObjectIds, type System } from '../../checker/index.ts'
import { kindOf } from '../../checker/inspect.ts'
import { type Binding } from '../../uapi/binding/index.ts'
import { StateTable } from '../generate/state-table.ts'
import { movesOf, paths } from '../generate/paths.ts'
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

/**
 * One case for each path that a call of the system can take, each after a shortest sequence to it.
 */
export function cases(system: System, bindings: readonly Binding[]): Case[] {
  const table = new StateTable(system)
  return [...paths(table).values()].map((way) => {
    const ids = new ObjectIds()
    const calls = movesOf(way).map(({ state, edge }) => {
      const call = callFor(bindings, system, edge.step, (component) => ids.of(component))
      table.effect(state, edge).ids(ids)
      return call
    })
    const { action, outcome, args } = way.edge.step
    return {
      action,
      outcome,
      args: Object.fromEntries(Object.entries(args).map(([k, v]) => [k, kindOf(String(v))])),
      calls,
    }
  })
}
