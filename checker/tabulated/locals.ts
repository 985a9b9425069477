import { CheckerError } from '../errors.ts'
import { holes } from '../holes.ts'
import { mapStrings, deepFreeze, stableText } from '../json.ts'
import type { Local } from '../machine.ts'
import type { Kind } from '../system.ts'
import type { Entities } from './entities.ts'

/**
 * A column over the local states of a kind: `data[local]`, -1 where it is not computed yet; `fill`
 * computes it.
 */
export interface Column {
  data: Int32Array
  readonly fill: (local: number) => number
}

/** The interned local states of one kind: a small integer per distinct content. */
export class Locals {
  readonly kind: Kind
  readonly contents: Local[] = []
  /** The entities that each local state refers to, in the order of its text. */
  readonly refs: number[][] = []
  /** The same, those that hold alone. */
  readonly holds: number[][] = []
  /**
   * What a local state is apart from whom it refers to: equal for two that differ in references
   * alone.
   */
  readonly shapes: number[] = []
  /** Whether the local state is one in which a component of the kind starts. */
  readonly initial: boolean[] = []
  readonly shapeTexts: string[] = []
  readonly #ids = new Map<string, number>()
  readonly #shapeIds = new Map<string, number>()
  readonly #entities: Entities
  readonly #columns: Column[] = []
  readonly #initialKeys: ReadonlySet<string>
  readonly #initialValues: ReadonlySet<string>
  #capacity = 16

  constructor(kind: Kind, entities: Entities) {
    this.kind = kind
    this.#entities = entities
    this.#initialKeys = new Set(kind.initial.map((local) => textOf(local)))
    this.#initialValues = new Set(kind.initial.map((local) => stableText(local.value)))
  }

  /** The number of a content; a new one where it is seen for the first time. */
  intern(local: Local): number {
    const key = textOf(local)
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.contents.length
    if (id >= this.#entities.system.maxLocalStates) throw this.#tooMany()
    const refs: number[] = []
    const holds: number[] = []
    const shape = mapStrings(local, (text) => {
      const ref = this.#entities.parse(text)
      if (ref === null) return undefined
      refs.push(ref.entity)
      if (!ref.weak) holds.push(ref.entity)
      return `${holes.reference}${ref.weak ? '~' : ''}${ref.kind.name}`
    })
    const initial = this.#initialKeys.has(key)
    if (this.kind.slots && !initial && this.#initialValues.has(stableText(local.value)))
      throw new CheckerError(
        'CHK015',
        `${this.kind.name} is back in ${stableText(local.value)} with context ${stableText(local.context)}; a freed slot must have its initial context`,
      )
    this.#ids.set(key, id)
    this.contents.push(deepFreeze(local))
    this.refs.push(refs)
    this.holds.push(holds)
    this.initial.push(initial)
    const shapeText = stableText(shape)
    let shapeId = this.#shapeIds.get(shapeText)
    if (shapeId === undefined) {
      shapeId = this.shapeTexts.length
      this.#shapeIds.set(shapeText, shapeId)
      this.shapeTexts.push(shapeText)
    }
    this.shapes.push(shapeId)
    if (id >= this.#capacity) this.#grow()
    return id
  }

  /**
   * A new column; it grows with the local states. `compute` is asked once for each local state,
   * when it is first needed.
   */
  column(compute: (local: number) => number): Column {
    const column: Column = {
      data: new Int32Array(this.#capacity).fill(-1),
      // Computing may intern local states and grow the column: it is read again afterwards.
      fill: (local) => {
        const value = compute(local)
        return (column.data[local] = value)
      },
    }
    this.#columns.push(column)
    return column
  }

  #grow(): void {
    this.#capacity *= 2
    for (const column of this.#columns) {
      const data = new Int32Array(this.#capacity).fill(-1)
      data.set(column.data)
      column.data = data
    }
  }

  #tooMany(): CheckerError {
    const distinct = new Map<string, Set<string>>()
    for (const { context } of this.contents)
      for (const [field, value] of Object.entries(context)) {
        const seen = distinct.get(field) ?? new Set()
        distinct.set(field, seen.add(stableText(value)))
      }
    const [field, values] = [...distinct].sort((a, b) => b[1].size - a[1].size)[0] ?? [
      '?',
      new Set(),
    ]
    return new CheckerError(
      'CHK009',
      `${this.kind.name} has more than ${this.contents.length} local states; its field '${field}' has taken ${values.size} values: bound it, or move what grows out of the machine`,
    )
  }
}

const textOf = (local: Local): string => stableText(local)
