import { CheckerError } from '../errors.ts'
import { holes } from '../holes.ts'
import { mapStrings, stableText, type Json } from '../json.ts'
import { Entities } from './entities.ts'
import { Locals, type Column } from './locals.ts'
import { Stepper } from './stepper.ts'
import type { Kind, System } from '../system.ts'

/**
 * What a context field holds, references replaced by holes; `refs` names the kinds of the holes in
 * order.
 */
export interface Field {
  readonly value: Json
  readonly refs: readonly Kind[]
}

/** Everything that is tabulated over local states: observations, entities referred to, events. */
export class Tables {
  readonly entities: Entities
  readonly locals: readonly Locals[]
  readonly columns: Column[] = []
  /** The kind that each column ranges over. */
  readonly columnKind: number[] = []
  readonly stepper: Stepper
  readonly #columnIds = new Map<string, number>()
  readonly #fields = new Map<number, Field[]>()

  constructor(system: System) {
    this.entities = new Entities(system)
    this.locals = system.kinds.map((kind) => new Locals(kind, this.entities))
    this.stepper = new Stepper(system, this.entities, this.locals)
  }

  /** The column of `in(path)`: 0 or 1. */
  state(kind: Kind, path: string): number {
    return this.#column(kind, `in ${path}`, () => {
      const machine = kind.machine
      if (machine === null || !machine.has(path))
        throw new CheckerError('CHK011', `${kind.name} has no state '${path}'`)
      return (local) => (machine.matches(this.locals[kind.index].contents[local], path) ? 1 : 0)
    })
  }

  /** The column of a context field: the number of a {@link Field}, to be had from {@link field}. */
  context(kind: Kind, name: string): number {
    return this.#column(kind, `context.${name}`, (column) => {
      if (!Object.hasOwn(kind.initial[0].context, name))
        throw new CheckerError('CHK011', `${kind.name} has no context field '${name}'`)
      const known = new Map<string, number>()
      const fields: Field[] = []
      this.#fields.set(column, fields)
      return (local) => {
        const refs: Kind[] = []
        const value = mapStrings(
          this.locals[kind.index].contents[local].context[name] ?? null,
          (text) => {
            const ref = this.entities.parse(text)
            if (ref === null) return undefined
            refs.push(ref.kind)
            return `${holes.reference}${ref.kind.name}`
          },
        )
        const key = stableText(value)
        let id = known.get(key)
        if (id === undefined) known.set(key, (id = fields.push({ value, refs }) - 1))
        return id
      }
    })
  }

  field(column: number, id: number): Field {
    return (this.#fields.get(column) as Field[])[id]
  }

  /** The column of the entity that the `position`-th reference in a context field names. */
  referent(kind: Kind, name: string, position: number): number {
    return this.#column(kind, `context.${name}#${position}`, () => (local) => {
      const found: number[] = []
      mapStrings(this.locals[kind.index].contents[local].context[name] ?? null, (text) => {
        const ref = this.entities.parse(text)
        if (ref !== null) found.push(ref.entity)
        return undefined
      })
      return found[position] ?? -1
    })
  }

  /** The column's value at `local`, computed where it is new. */
  at(column: number, local: number): number {
    const value = this.columns[column].data[local]
    return value >= 0 ? value : this.columns[column].fill(local)
  }

  #column(
    kind: Kind,
    what: string,
    compute: (column: number) => (local: number) => number,
  ): number {
    const key = `${kind.name}|${what}`
    const known = this.#columnIds.get(key)
    if (known !== undefined) return known
    const id = this.columns.length
    const column = this.locals[kind.index].column(compute(id))
    this.#columnIds.set(key, id)
    this.columns.push(column)
    this.columnKind.push(kind.index)
    return id
  }
}
