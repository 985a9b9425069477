import { mapStrings } from '../json.ts'
import type { Local } from '../machine.ts'
import type { Kind } from '../system.ts'
import type { Locals } from './locals.ts'
import type { Tables } from './tables.ts'

/**
 * Tables of one entry for each combination of entities are kept up to this size; larger ones are
 * maps.
 */
const dense = 1 << 14

/**
 * Local states with their references renamed: from a shape and the entities referred to, to the
 * local state.
 */
export class Renaming {
  readonly #tables: Tables
  readonly #entities: number
  /** By kind and shape: the local state for each combination of entities. */
  readonly #byShape: (Int32Array | Map<number | string, number>)[][]

  constructor(tables: Tables) {
    this.#tables = tables
    this.#entities = tables.entities.system.entities
    this.#byShape = tables.locals.map(() => [])
  }

  /** The local state that `local` becomes when entity `e` is called `to[e]`. */
  rename(kind: number, local: number, to: Int32Array): number {
    const locals = this.#tables.locals[kind]
    const refs = locals.refs[local]
    let moved = false
    for (let i = 0; i < refs.length; i++) if (to[refs[i]] !== refs[i]) moved = true
    if (!moved) return local
    const shape = locals.shapes[local]
    const known = (this.#byShape[kind][shape] ??= this.#table(refs.length))
    if (known instanceof Int32Array) {
      let key = 0
      for (let i = 0; i < refs.length; i++) key = key * this.#entities + to[refs[i]]
      return known[key] >= 0 ? known[key] : (known[key] = this.#compute(locals, local, to))
    }
    const key = refs.map((entity) => to[entity]).join()
    let renamed = known.get(key)
    if (renamed === undefined) known.set(key, (renamed = this.#compute(locals, local, to)))
    return renamed
  }

  #table(refs: number): Int32Array | Map<number | string, number> {
    const size = this.#entities ** refs
    return size <= dense ? new Int32Array(size).fill(-1) : new Map()
  }

  #compute(locals: Locals, local: number, to: Int32Array): number {
    const { entities } = this.#tables
    const renamed = mapStrings(locals.contents[local], (text) => {
      const ref = entities.parse(text)
      return ref === null ? undefined : (ref.weak ? '~' : '') + entities.text(to[ref.entity])
    })
    return locals.intern(renamed as unknown as Local)
  }
}

/**
 * Kinds whose instances may change places of their own accord; those declared per another kind move
 * with it.
 */
export const movable = (kind: Kind): boolean =>
  kind.symmetric && kind.per.length === 0 && kind.count > 1
