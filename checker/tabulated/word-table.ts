import { hashWords } from './mix.ts'
import type { Budget, States } from './states.ts'

/** Tables of fewer places are small. */
const smallMask = (1 << 19) - 1
/** Marks a place as taken: a bit that no state uses. */
const taken = 1 << 31

/**
 * A hash table over states of at most 63 bits: it holds the states themselves, so that a state that
 * is known is told by one look at one place. Linear probing.
 */
export class WordTable {
  readonly #states: States
  readonly #budget: Budget
  #table: Int32Array
  #mask: number
  /** Of no meaning: it keeps the first loads of `addBatch` from being optimised away. */
  touched = 0

  /** Whether states packed like this can be held. */
  static holds(states: States): boolean {
    const { words, used } = states.layout
    return words === 1 || (words === 2 && used[1] < 32)
  }

  /** A table of the states that there are. */
  constructor(states: States, budget: Budget, places = 1 << 12) {
    this.#states = states
    this.#budget = budget
    this.#budget.take(places * 8)
    this.#table = new Int32Array(places * 2)
    this.#mask = places - 1
    this.#fill()
  }

  /** Like {@link IndexTable.addBatch}. */
  addBatch(
    batch: Int32Array,
    hashes: Int32Array,
    count: number,
    predecessors: Int32Array,
    found: Int32Array,
  ): void {
    const { words } = this.#states.layout
    let touched = 0
    for (let i = 0; i < count; i++) touched ^= this.#table[(hashes[i] & this.#mask) << 1]
    this.touched = touched
    for (let i = 0, from = 0; i < count; i++, from += words) {
      const low = batch[from]
      const high = (words === 2 ? batch[from + 1] : 0) | taken
      const table = this.#table
      const mask = this.#mask
      let at = hashes[i] & mask
      while (
        table[(at << 1) | 1] !== 0 &&
        (table[at << 1] !== low || table[(at << 1) | 1] !== high)
      )
        at = (at + 1) & mask
      if (table[(at << 1) | 1] !== 0) {
        found[i] = 0
        continue
      }
      table[at << 1] = low
      table[(at << 1) | 1] = high
      found[i] = ~this.#states.push(batch, from, predecessors[i])
      // At 7/8 the table doubles: it is memory that decides, and TLB misses, more than probes.
      if (this.#states.size >= (mask + 1) * 0.875) this.#grow()
    }
  }

  #grow(): void {
    // Small ones grow fourfold: it is the filling that costs.
    const places = (this.#mask + 1) * (this.#mask < smallMask ? 4 : 2)
    this.#budget.take(places * 8 - this.#table.length * 4)
    this.#table = new Int32Array(places * 2)
    this.#mask = places - 1
    this.#fill()
  }

  #fill(): void {
    const states = this.#states
    const { words } = states.layout
    const table = this.#table
    const mask = this.#mask
    for (let index = 0; index < states.size; index++) {
      const chunk = states.chunk(index)
      const start = states.offset(index)
      const low = chunk[start]
      const high = words === 2 ? chunk[start + 1] : 0
      let at = hashWords(chunk, start, words) & mask
      while (table[(at << 1) | 1] !== 0) at = (at + 1) & mask
      table[at << 1] = low
      table[(at << 1) | 1] = high | taken
    }
  }
}
