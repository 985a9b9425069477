import { CheckerError } from '../errors.ts'
import { failParam, failureBits, type Operation } from '../operation.ts'
import type { Constant } from '../params.ts'
import type { Sliced } from '../pulse.ts'
import type { System } from '../system.ts'
import type { Program } from './program.ts'

/** An operation with all its parameters chosen. */
export interface Instance {
  readonly index: number
  /** Its place among all choices of parameters, those included that can be no call. */
  readonly place: number
  readonly operation: Operation
  /**
   * The entity of each parameter that is one (in registers 0, 1, …), in the order of parameters.
   */
  readonly entities: readonly number[]
  /**
   * What stands in registers when it is run: the entities, then the bits of the points of failure
   * chosen, if any can.
   */
  readonly registers: readonly number[]
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
  /** How far apart the places are that differ by one in an entity, in the order of entities. */
  readonly strides: readonly number[]
}

/** A value of a parameter, and of which kind it is (none: a constant). */
interface Choice {
  readonly value: Constant | { readonly entity: number }
  readonly label: string
}

/** More calls than this are not offered in every state. */
const most = 1 << 20
/** Instances that are made between two pauses. */
const slice = 1024

/**
 * All instances of a system's operations, in the order of operations and parameters, the first
 * parameter outermost.
 *
 * @throws CheckerError where they are too many
 */
export function* instances(system: System, program: Program): Sliced<Instance[]> {
  const result: Instance[] = []
  const variants = new Map<string, Variant>()
  const all = system.operations.map((operation) => choicesOf(system, operation))
  assertFew(system, all)
  let place = 0
  for (const [at, operation] of system.operations.entries()) {
    const choices = all[at]
    const choice = operation.params.findIndex(
      ({ name, param }) => name === failParam && 'oneOf' in param,
    )
    const strides = operation.params.flatMap(({ param }, i) =>
      'oneOf' in param ? [] : [product(choices.slice(i + 1))],
    )
    const tuple = choices.map(() => 0)
    for (let left = product(choices); left > 0; left--, place++, turn(tuple, choices)) {
      if (place % slice === 0) yield
      const values: Instance['values'][number][] = []
      const entities: number[] = []
      const slots: number[] = []
      let key = `${at}`
      for (let i = 0; i < choices.length; i++) {
        const { value, label } = choices[i][tuple[i]]
        values.push(value)
        if (typeof value === 'object' && value !== null) {
          if ('free' in operation.params[i].param) slots.push(value.entity)
          const known = entities.indexOf(value.entity)
          key += `|${label}=${known < 0 ? entities.length : known}`
          entities.push(value.entity)
        } else if (i !== choice) key += `|${label}`
      }
      if (slots.length > 1 && new Set(slots).size < slots.length) continue
      let variant = variants.get(key)
      if (variant === undefined)
        variants.set(
          key,
          (variant = { index: variants.size, operation, cell: program.cell(), strides }),
        )
      const registers =
        choice < 0
          ? entities
          : [...entities, failureBits(operation.action, values[choice] as string | null)]
      const index = result.length
      result.push({ index, place, operation, entities, registers, slots, values, variant })
    }
  }
  return result
}

function choicesOf(system: System, { params }: Operation): Choice[][] {
  return params.map(({ param }) =>
    'oneOf' in param
      ? param.oneOf.map((value) => ({ value, label: JSON.stringify(value) }))
      : ('each' in param ? param.each : [param.free]).flatMap((name) => {
          const { base, count, index } = system.kind(name)
          return Array.from({ length: count }, (_, i) => ({
            value: { entity: base + i },
            label: `${index}`,
          }))
        }),
  )
}

const product = (choices: readonly (readonly Choice[])[]): number =>
  choices.reduce((n, { length }) => n * length, 1)

/** The next tuple, the last place turning fastest. */
function turn(tuple: number[], choices: readonly (readonly Choice[])[]): void {
  for (let i = tuple.length - 1; i >= 0; i--) {
    if (++tuple[i] < choices[i].length) return
    tuple[i] = 0
  }
}

function assertFew({ operations }: System, all: readonly Choice[][][]): void {
  const counts = all.map(product)
  if (counts.reduce((sum, n) => sum + n, 0) <= most) return
  const largest = counts.indexOf(Math.max(...counts))
  const { name, params } = operations[largest]
  const factors = params.map((p, i) => `${p.name} ${all[largest][i].length}`).join(', ')
  throw new CheckerError(
    'CHK025',
    `every state would offer more than ${most} calls; '${name}' alone has ${counts[largest]} (${factors}): take fewer parameters, or smaller kinds`,
  )
}
