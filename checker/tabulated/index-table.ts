import { hashWords } from './mix.ts'
import type { Budget, States } from './states.ts'

/**
 * A hash table over states of any width: pairs of index and hash, side by side; a hash that is
 * equal is confirmed word by word. Linear probing.
 */
export class IndexTable {
  readonly #states: States
  readonly #budget: Budget
  #table: Int32Array
  #mask: number
  readonly #places = new Int32Array(256)
  /** Of no meaning: it keeps the first loads of `addBatch` from being optimised away. */
  touched = 0

  /** A table of the states that there are. */
  constructor(states: States, budget: Budget, places = 1 << 12) {
    this.#states = states
    this.#budget = budget
    this.#budget.take(places * 8)
    this.#table = new Int32Array(places * 2)
    this.#mask = places - 1
    const { words } = states.layout
    for (let i = 0; i < states.size; i++)
      this.#fill(i, hashWords(states.chunk(i), states.offset(i), words))
  }

  #fill(index: number, hash: number): void {
    let at = hash & this.#mask
    while (this.#table[at << 1] !== 0) at = (at + 1) & this.#mask
    this.#table[at << 1] = index + 1
    this.#table[(at << 1) | 1] = hash
  }

  /**
   * Adds `count` packed states that stand one after another in `batch`, with their hashes; `found`
   * receives their indices, `~index` for new ones. The places where look-ups begin are touched
   * first, all together: the cache misses of a batch overlap.
   */
  addBatch(
    batch: Int32Array,
    hashes: Int32Array,
    count: number,
    predecessors: Int32Array,
    found: Int32Array,
  ): void {
    const states = this.#states
    const { words } = states.layout
    const places = this.#places
    let touched = 0
    for (let i = 0; i < count; i++) touched ^= this.#table[(hashes[i] & this.#mask) << 1]
    for (let i = 0; i < count; i++) {
      const at = this.#probe(hashes[i], hashes[i] & this.#mask)
      places[i] = at
      const entry = this.#table[at << 1]
      if (entry !== 0) touched ^= states.chunk(entry - 1)[states.offset(entry - 1)]
    }
    this.touched = touched
    const table = this.#table
    for (let i = 0, from = 0; i < count; i++, from += words) {
      const hash = hashes[i]
      // Insertions of this batch may have filled the place since, or moved the table.
      for (
        let at = this.#table === table ? places[i] : hash & this.#mask;
        ;
        at = (at + 1) & this.#mask
      ) {
        at = this.#probe(hash, at)
        const entry = this.#table[at << 1]
        if (entry === 0) {
          found[i] = ~this.#insert(at, batch, from, hash, predecessors[i])
          break
        }
        const chunk = states.chunk(entry - 1)
        const start = states.offset(entry - 1)
        let w = 0
        while (w < words && chunk[start + w] === batch[from + w]) w++
        if (w < words) continue
        found[i] = entry - 1
        break
      }
    }
  }

  /** The first place from `at` on that is empty or has this hash. */
  #probe(hash: number, at: number): number {
    const table = this.#table
    const mask = this.#mask
    while (table[at << 1] !== 0 && table[(at << 1) | 1] !== hash) at = (at + 1) & mask
    return at
  }

  #insert(at: number, batch: Int32Array, from: number, hash: number, predecessor: number): number {
    // At 7/8 the table doubles: it is memory that decides, and TLB misses, more than probes.
    if (this.#states.size >= (this.#mask + 1) * 0.875) {
      this.#grow()
      for (at = hash & this.#mask; this.#table[at << 1] !== 0; at = (at + 1) & this.#mask);
    }
    const index = this.#states.push(batch, from, predecessor)
    this.#table[at << 1] = index + 1
    this.#table[(at << 1) | 1] = hash
    return index
  }

  #grow(): void {
    const old = this.#table
    this.#budget.take(old.length * 4)
    const table = new Int32Array(old.length * 2)
    const mask = old.length - 1
    for (let e = 0; e < old.length; e += 2) {
      if (old[e] === 0) continue
      let at = old[e + 1] & mask
      while (table[at << 1] !== 0) at = (at + 1) & mask
      table[at << 1] = old[e]
      table[(at << 1) | 1] = old[e + 1]
    }
    this.#table = table
    this.#mask = mask
  }
}
