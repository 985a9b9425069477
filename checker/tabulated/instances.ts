import { failParam, failureBits, type Operation } from '../operation.ts'
import type { Constant } from '../params.ts'
import type { System } from '../system.ts'
import type { Program } from './program.ts'

/** An operation with all its parameters chosen. */
export interface Instance {
  readonly index: number
  readonly operation: Operation
  /**
   * The entity of each parameter that is one (in registers 0, 1, …), in the order of parameters.
   */
  readonly entities: Int32Array
  /**
   * What stands in registers when it is run: the entities, then the bits of the points of failure
   * chosen, if any can.
   */
  readonly registers: Int32Array
  /** The components that must be representative free slots. */
  readonly slots: readonly number[]
  /** Every parameter's value: an entity number in an object, or a constant. */
  readonly values: readonly (Constant | { readonly entity: number })[]
  readonly variant: Variant
}

/**
 * What instances of an operation share: constants, kinds, and which parameters are the same entity.
 * They have one decision tree; which points of failure are chosen is a look like any other, so that
 * what happens before it is not told again for each.
 */
export interface Variant {
  readonly index: number
  readonly operation: Operation
  readonly cell: number
}

/**
 * All instances of a system's operations, in the order of operations and parameters, the first
 * parameter outermost.
 */
export function instances(system: System, program: Program): Instance[] {
  const result: Instance[] = []
  const variants = new Map<string, Variant>()
  for (const [at, operation] of system.operations.entries()) {
    let tuples: (Constant | { readonly entity: number })[][] = [[]]
    for (const { param } of operation.params) {
      const values =
        'oneOf' in param
          ? [...param.oneOf]
          : ('each' in param ? param.each : [param.free]).flatMap((name) => {
              const kind = system.kind(name)
              return Array.from({ length: kind.count }, (_, i) => ({ entity: kind.base + i }))
            })
      tuples = tuples.flatMap((tuple) => values.map((value) => [...tuple, value]))
    }
    for (const values of tuples) {
      const entities = values.flatMap((v) =>
        typeof v === 'object' && v !== null ? [v.entity] : [],
      )
      const slots = values.flatMap((v, i) =>
        'free' in operation.params[i].param ? [(v as { entity: number }).entity] : [],
      )
      if (new Set(slots).size < slots.length) continue
      const choice = operation.params.findIndex(
        ({ name, param }) => name === failParam && 'oneOf' in param,
      )
      const chosen =
        choice < 0 ? [] : [failureBits(operation.action, values[choice] as string | null)]
      const registers = Int32Array.from([...entities, ...chosen])
      const key = `${at}|${values
        .filter((_, i) => i !== choice)
        .map((v) =>
          typeof v === 'object' && v !== null
            ? `${kindIndex(system, v.entity)}=${entities.indexOf(v.entity)}`
            : JSON.stringify(v),
        )
        .join('|')}`
      let variant = variants.get(key)
      if (variant === undefined)
        variants.set(key, (variant = { index: variants.size, operation, cell: program.cell() }))
      result.push({
        index: result.length,
        operation,
        entities: Int32Array.from(entities),
        registers,
        slots,
        values,
        variant,
      })
    }
  }
  return result
}

const kindIndex = (system: System, entity: number): number => {
  const kind = system.kinds.find((k) => entity >= k.base && entity < k.base + k.count)
  return kind === undefined ? -1 : kind.index
}
