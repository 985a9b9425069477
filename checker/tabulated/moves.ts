import type { Kind } from '../system.ts'
import type { Locals } from './locals.ts'
import { movable, Renaming } from './renaming.ts'
import type { Walker } from './walker.ts'

/**
 * Kinds of no more entities than this are put in order by counting who comes before, which is
 * quicker.
 */
const few = 24

/** What orders and permutations of interchangeable entities make of a state. */
export class Moves {
  /** Kinds whose entities may change places of their own accord. */
  readonly movable: readonly Kind[]
  readonly #renaming: Renaming
  /** Components declared per others: where each goes depends on its owners. */
  readonly #owned: readonly {
    readonly kind: Kind
    readonly owners: readonly { readonly kind: Kind; readonly factor: number }[]
  }[]
  readonly #locals: readonly Locals[]
  readonly #kindOf: Int32Array
  readonly #identity: Int32Array

  constructor({ system, tables }: Walker) {
    this.movable = system.kinds.filter(movable)
    this.#renaming = new Renaming(tables)
    this.#owned = system.kinds
      .filter((kind) => kind.per.length > 0)
      .map((kind) => {
        let factor = kind.count
        return {
          kind,
          owners: kind.per.map((owner) => ({ kind: owner, factor: (factor /= owner.count) })),
        }
      })
    this.#locals = tables.locals
    this.#kindOf = Int32Array.from(tables.entities.kindOf, (kind) => kind.index)
    this.#identity = Int32Array.from({ length: system.entities }, (_, e) => e)
  }

  /** The permutation that moves nothing, to be changed. */
  identity(): Int32Array {
    return this.#identity.slice()
  }

  /** Where entities go that are put in the order of their colours, ties in that of numbers. */
  byColours(colours: Int32Array, to: Int32Array): void {
    for (const kind of this.movable) {
      if (kind.count > few) this.#sorted(kind, colours, to)
      else this.#counted(kind, colours, to)
    }
    this.withOwned(to)
  }

  #counted({ base, count }: Kind, colours: Int32Array, to: Int32Array): void {
    const end = base + count
    for (let e = base; e < end; e++) {
      let place = base
      for (let other = base; other < end; other++)
        if (colours[other] < colours[e] || (other < e && colours[other] === colours[e])) place++
      to[e] = place
    }
  }

  #sorted({ base, count }: Kind, colours: Int32Array, to: Int32Array): void {
    const keys = new Float64Array(count)
    for (let i = 0; i < count; i++) keys[i] = colours[base + i] * count + i
    keys.sort()
    for (let place = 0; place < count; place++) {
      const i = keys[place] - Math.floor(keys[place] / count) * count
      to[base + i] = base + place
    }
  }

  /** Completes a permutation: components declared per others go where their owners go. */
  withOwned(to: Int32Array): void {
    for (const { kind, owners } of this.#owned) {
      if (owners.length === 1) {
        const shift = kind.base - owners[0].kind.base
        for (let i = kind.base; i < kind.base + kind.count; i++) to[i] = to[i - shift] + shift
        continue
      }
      for (let i = 0; i < kind.count; i++) {
        let place = 0
        for (const { kind: owner, factor } of owners)
          place += (to[owner.base + (Math.floor(i / factor) % owner.count)] - owner.base) * factor
        to[kind.base + i] = kind.base + place
      }
    }
  }

  /** The state with its entities moved. */
  apply(now: Int32Array, to: Int32Array, out: Int32Array): void {
    for (let c = 0; c < now.length; c++)
      out[to[c]] = this.#renaming.rename(this.#kindOf[c], now[c], to)
  }

  /** Whether a permutation leaves the state as it is. No local state is made for it. */
  fixes(now: Int32Array, to: Int32Array): boolean {
    for (let c = 0; c < now.length; c++) {
      const from = now[c]
      const there = now[to[c]]
      const { shapes, refs } = this.#locals[this.#kindOf[c]]
      if (shapes[from] !== shapes[there]) return false
      const names = refs[from]
      const others = refs[there]
      for (let i = 0; i < names.length; i++) if (to[names[i]] !== others[i]) return false
    }
    return true
  }
}
