/** How many packed states are kept, a power of two. */
const places = 1 << 18

/**
 * Packed states met of late: a successor that is among them is a state that is known already, and need not be brought into canonical form
 * again. Each hash has one place, where a state stays until another comes; states are compared word by word.
 */
export class Recent {
  readonly #words: number
  readonly #table: Int32Array
  readonly #taken = new Uint8Array(places)

  constructor(words: number) {
    this.#words = words
    this.#table = new Int32Array(places * words)
  }

  /** Whether the state that stands in `batch` at `from` has been met; if not, it has now. */
  meet(batch: Int32Array, from: number, hash: number): boolean {
    const place = (hash ^ (hash >>> 18)) & (places - 1)
    const at = place * this.#words
    let same = this.#taken[place] === 1
    for (let w = 0; same && w < this.#words; w++) same = this.#table[at + w] === batch[from + w]
    if (same) return true
    this.#taken[place] = 1
    for (let w = 0; w < this.#words; w++) this.#table[at + w] = batch[from + w]
    return false
  }
}
