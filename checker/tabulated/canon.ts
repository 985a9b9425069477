import { stableText } from '../json.ts'
import { automorphism, type Automorphism } from './automorphisms.ts'
import { Colouring } from './colouring.ts'
import { hashText } from './mix.ts'
import { Moves } from './moves.ts'
import { OrderTree } from './order-tree.ts'
import type { Walker } from './walker.ts'

/**
 * Canonical forms under renaming of interchangeable components and values, exact: two states have
 * the same form if and only if one is the other renamed.
 *
 * Entities are coloured by what they are and refer to, colours are refined along references until
 * they settle, and instances are numbered in the order of their colours. Where colours tie, a tree
 * of choices is searched. Colours and order come from contents alone, never from the numbers of
 * local states.
 */
export class Canon {
  readonly #walker: Walker
  readonly #moves: Moves
  readonly #kindOf: Int32Array
  readonly #colouring: Colouring
  readonly #tree: OrderTree
  readonly #contentHashes: Int32Array[]
  readonly #form: Int32Array
  readonly #to: Int32Array

  constructor(walker: Walker) {
    const { system, tables } = walker
    this.#walker = walker
    this.#moves = new Moves(walker)
    this.#kindOf = Int32Array.from(tables.entities.kindOf, (kind) => kind.index)
    this.#colouring = new Colouring(walker, this.#moves.movable, this.#kindOf)
    this.#tree = new OrderTree(this.#colouring, this.#moves, system.components, (a, b) =>
      this.#less(a, b),
    )
    this.#contentHashes = tables.locals.map(() => new Int32Array(0))
    this.#form = new Int32Array(system.components)
    this.#to = this.#moves.identity()
  }

  /** The canonical form of `now`; the array is used again by the next call. */
  canonical(now: Int32Array): Int32Array {
    this.#walker.pulse.left -= 1 + (now.length >> 4)
    const colours = this.#colouring.of(now)
    const cell = this.#colouring.ties.first(colours)
    if (cell === null) {
      this.#moves.byColours(colours, this.#to)
      this.#moves.apply(now, this.#to, this.#form)
      return this.#form
    }
    this.#search(now, cell)
    return this.#tree.form
  }

  #search(now: Int32Array, cell: readonly number[], all = false): void {
    const { pulse } = this.#walker
    this.#tree.begin(now, cell, all)
    do pulse.left -= 1 + (now.length >> 4)
    while (!this.#tree.advance())
  }

  /** Automorphisms of a state that make others of it; all of them, or fewer. */
  automorphisms(now: Int32Array): Automorphism[] {
    const colours = this.#colouring.of(now)
    const cells = this.#colouring.ties.untouched(colours)
    const cell = this.#colouring.ties.first(colours)
    const found: Automorphism[] = []
    for (const alike of cells) this.#tree.allAlike(now, alike, (to) => found.push(automorphism(to)))
    if (cell === null) return found
    this.#search(now, cell, true)
    return [...found, ...this.#tree.automorphisms]
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
