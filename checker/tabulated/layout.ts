import type { System } from '../system.ts'

/**
 * How local states are packed into 32-bit words: as many bits for each component as its kind needs
 * so far, none across a word's end.
 */
export class Layout {
  readonly words: number
  /** Bits in use of each word. */
  readonly used: readonly number[]
  /** Bits for each kind. */
  readonly bits: readonly number[]
  /** For each component: its word, its shift, its mask. */
  readonly word: Int32Array
  readonly shift: Int32Array
  readonly mask: Int32Array

  constructor(system: System, bits: readonly number[]) {
    this.bits = bits
    this.word = new Int32Array(system.components)
    this.shift = new Int32Array(system.components)
    this.mask = new Int32Array(system.components)
    // Widest first, each into the first word with room: what first fit leaves unused is little.
    const order = [...system.kinds]
      .filter((k) => k.machine !== null)
      .sort((a, b) => bits[b.index] - bits[a.index] || a.index - b.index)
    const used: number[] = []
    for (const kind of order)
      for (let c = kind.base; c < kind.base + kind.count; c++) {
        const width = bits[kind.index]
        let word = used.findIndex((n) => n + width <= 32)
        if (word < 0) word = used.push(0) - 1
        this.word[c] = word
        this.shift[c] = used[word]
        this.mask[c] = width === 32 ? -1 : (1 << width) - 1
        used[word] += width
      }
    this.words = Math.max(1, used.length)
    this.used = used
  }

  pack(locals: Int32Array, into: Int32Array): void {
    into.fill(0)
    for (let c = 0; c < locals.length; c++) into[this.word[c]] |= locals[c] << this.shift[c]
  }

  unpack(from: Int32Array, at: number, into: Int32Array): void {
    const { word, shift, mask } = this
    for (let c = 0; c < into.length; c++) into[c] = (from[at + word[c]] >>> shift[c]) & mask[c]
  }

  /** Whether each of the local states fits its bits. */
  holds(locals: Int32Array): boolean {
    const { mask } = this
    for (let c = 0; c < locals.length; c++) if (locals[c] > mask[c] >>> 0) return false
    return true
  }
}
