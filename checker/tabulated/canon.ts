import { stableText } from '../json.ts'
import type { Kind } from '../system.ts'
import { Colouring } from './colouring.ts'
import { hashText } from './mix.ts'
import { movable, Renaming } from './renaming.ts'
import type { Walker } from './walker.ts'

/**
 * Canonical forms under renaming of interchangeable components and values, exact: two states have
 * the same form if and only if one is the other renamed.
 *
 * Entities are coloured by what they are and refer to, colours are refined along references until
 * they settle, and instances are numbered in the order of their colours. Where colours tie, each of
 * the tied is put first in turn, and the least of the resulting states is taken. Colours and order
 * come from contents alone, never from the numbers of local states.
 */
export class Canon {
  readonly #walker: Walker
  readonly #renaming: Renaming
  readonly #movable: readonly Kind[]
  /** Components declared per movable kinds: where each goes depends on its owners. */
  readonly #owned: readonly {
    readonly kind: Kind
    readonly owners: readonly { readonly kind: Kind; readonly factor: number }[]
  }[]
  readonly #kindOf: Int32Array
  readonly #colouring: Colouring
  readonly #contentHashes: Int32Array[]
  readonly #out: Int32Array
  readonly #best: Int32Array
  #bestFound = false
  readonly #to: Int32Array
  readonly #identity: Int32Array

  constructor(walker: Walker) {
    const { system, tables } = walker
    this.#walker = walker
    this.#renaming = new Renaming(tables)
    this.#movable = system.kinds.filter(movable)
    this.#owned = system.kinds
      .filter((kind) => kind.per.length > 0)
      .map((kind) => {
        let factor = kind.count
        return {
          kind,
          owners: kind.per.map((owner) => ({ kind: owner, factor: (factor /= owner.count) })),
        }
      })
    this.#kindOf = Int32Array.from(tables.entities.kindOf, (kind) => kind.index)
    this.#colouring = new Colouring(walker, this.#movable, this.#kindOf)
    this.#contentHashes = tables.locals.map(() => new Int32Array(0))
    this.#out = new Int32Array(system.components)
    this.#best = new Int32Array(system.components)
    this.#identity = Int32Array.from({ length: system.entities }, (_, e) => e)
    this.#to = this.#identity.slice()
  }

  /** The canonical form of `now`; the array is used again by the next call. */
  canonical(now: Int32Array): Int32Array {
    this.#bestFound = false
    this.#search(now, this.#colouring.of(now), 0)
    return this.#best
  }

  /** Takes the least of the states that the orders allowed by the colours lead to. */
  #search(now: Int32Array, colours: Int32Array, depth: number): void {
    const tied = this.#tied(colours)
    if (tied === null) return this.#candidate(now, colours)
    const tried: number[] = []
    for (const entity of tied) {
      if (tried.some((other) => this.#interchangeable(now, other, entity))) continue
      tried.push(entity)
      this.#search(now, this.#colouring.choose(colours, entity, depth + 1), depth + 1)
    }
  }

  /**
   * The entities of the first colour that is not alone, kinds in order, colours in order; those
   * that nothing ties to others are all alike.
   */
  #tied(colours: Int32Array): number[] | null {
    const { degree } = this.#colouring
    for (const kind of this.#movable) {
      let least = 0
      let found = false
      for (let e = kind.base + 1; e < kind.base + kind.count; e++) {
        if (degree[e] === 0) continue
        for (let other = kind.base; other < e; other++)
          if (
            colours[other] === colours[e] &&
            degree[other] > 0 &&
            (!found || colours[e] < least)
          ) {
            least = colours[e]
            found = true
          }
      }
      if (found)
        return Array.from({ length: kind.count }, (_, i) => kind.base + i).filter(
          (e) => colours[e] === least,
        )
    }
    return null
  }

  /** Whether swapping two entities leaves the state as it is. */
  #interchangeable(now: Int32Array, a: number, b: number): boolean {
    const to = this.#to
    to.set(this.#identity)
    to[a] = b
    to[b] = a
    this.#moveOwned(to)
    for (let c = 0; c < now.length; c++)
      if (now[to[c]] !== this.#renaming.rename(this.#kindOf[c], now[c], to)) return false
    return true
  }

  /** The state that the order of the colours leads to, kept if it is the least so far. */
  #candidate(now: Int32Array, colours: Int32Array): void {
    const to = this.#to
    for (const kind of this.#movable) {
      const end = kind.base + kind.count
      for (let e = kind.base; e < end; e++) {
        let place = kind.base
        for (let other = kind.base; other < end; other++)
          if (colours[other] < colours[e] || (other < e && colours[other] === colours[e])) place++
        to[e] = place
      }
    }
    this.#moveOwned(to)
    const out = this.#bestFound ? this.#out : this.#best
    for (let c = 0; c < now.length; c++)
      out[to[c]] = this.#renaming.rename(this.#kindOf[c], now[c], to)
    if (this.#bestFound && this.#less(out, this.#best)) this.#best.set(out)
    this.#bestFound = true
  }

  /** Components declared per others go where their owners go. */
  #moveOwned(to: Int32Array): void {
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

  /** Whether one state comes before another in the order of contents. */
  #less(a: Int32Array, b: Int32Array): boolean {
    const { locals } = this.#walker.tables
    for (let c = 0; c < a.length; c++) {
      if (a[c] === b[c]) continue
      const kind = this.#kindOf[c]
      const x = this.#contentHash(kind, a[c])
      const y = this.#contentHash(kind, b[c])
      if (x !== y) return x < y
      const text = (local: number) => stableText(locals[kind].contents[local])
      return text(a[c]) < text(b[c])
    }
    return false
  }

  #contentHash(kind: number, local: number): number {
    const locals = this.#walker.tables.locals[kind]
    if (local >= this.#contentHashes[kind].length)
      this.#contentHashes[kind] = Int32Array.from(locals.contents, (content) =>
        hashText(stableText(content)),
      )
    return this.#contentHashes[kind][local]
  }
}
