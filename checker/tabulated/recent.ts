/**
 * Packed states met of late: a successor that is among them is a state that is known already, and
 * need not be looked up (nor, under symmetry, be brought into canonical form) again. Each hash has
 * one place, where a state stays until another comes; states are compared word by word.
 */
export class Recent {
  readonly #words: number
  /** For each place: the hash (never 0: that is an empty place), and the words. */
  readonly #table: Int32Array
  readonly #mask: number

  /** @param places - how many states are kept, a power of two */
  constructor(words: number, places: number) {
    this.#words = words
    this.#table = new Int32Array(places * (words + 1))
    this.#mask = places - 1
  }

  /** Whether the state that stands in `batch` at `from` has been met; if not, it has now. */
  meet(batch: Int32Array, from: number, hash: number): boolean {
    const words = this.#words
    const table = this.#table
    const at = ((hash ^ (hash >>> 18)) & this.#mask) * (words + 1)
    const mark = hash | 1
    let w = 0
    if (table[at] === mark) while (w < words && table[at + 1 + w] === batch[from + w]) w++
    if (w === words) return true
    table[at] = mark
    for (w = 0; w < words; w++) table[at + 1 + w] = batch[from + w]
    return false
  }
}
