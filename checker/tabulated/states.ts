import type { System } from '../system.ts'
import { Layout } from './layout.ts'

const chunkBits = 14
const chunkStates = 1 << chunkBits

/** Thrown where the next growth would pass the memory limit. */
export class OutOfMemory extends Error {}

/** Bytes taken, and the most that may be taken. */
export class Budget {
  bytes = 0
  readonly #most: number
  constructor(most: number) {
    this.#most = most
  }
  /** @throws OutOfMemory */
  take(bytes: number): void {
    if (this.bytes + bytes > this.#most) throw new OutOfMemory()
    this.bytes += bytes
  }
}

/**
 * The states found so far, in the order in which they were found: packed, each with its
 * predecessor.
 */
export class States {
  layout: Layout
  size = 0
  readonly #system: System
  readonly #budget: Budget
  readonly #chunks: Int32Array[] = []
  #record: number

  constructor(system: System, bits: readonly number[], budget: Budget) {
    this.#system = system
    this.#budget = budget
    this.layout = new Layout(system, bits)
    this.#record = this.layout.words + 1
  }

  /** The chunk that holds a state, and where in it. */
  chunk(index: number): Int32Array {
    return this.#chunks[index >>> chunkBits]
  }
  offset(index: number): number {
    return (index & (chunkStates - 1)) * this.#record
  }

  /** The packed words of a state. */
  load(index: number, into: Int32Array): void {
    const chunk = this.chunk(index)
    const start = this.offset(index)
    for (let w = 0; w < into.length; w++) into[w] = chunk[start + w]
  }

  /** The state from which a state was first reached; -1 for the initial one. */
  predecessor(index: number): number {
    return this.chunk(index)[this.offset(index) + this.#record - 1]
  }

  /** Appends the state that stands in `batch` at `from`; returns its index. */
  push(batch: Int32Array, from: number, predecessor: number): number {
    const index = this.size
    if (index >>> chunkBits >= this.#chunks.length) {
      this.#budget.take(chunkStates * this.#record * 4)
      this.#chunks.push(new Int32Array(chunkStates * this.#record))
    }
    const chunk = this.chunk(index)
    const start = this.offset(index)
    const words = this.#record - 1
    for (let w = 0; w < words; w++) chunk[start + w] = batch[from + w]
    chunk[start + words] = predecessor
    this.size = index + 1
    return index
  }

  /** Gives kinds more bits: all states are encoded anew. */
  widen(bits: readonly number[]): void {
    const layout = new Layout(this.#system, bits)
    const record = layout.words + 1
    const locals = new Int32Array(this.#system.components)
    const packed = new Int32Array(layout.words)
    this.#budget.take(this.#chunks.length * chunkStates * Math.max(0, record - this.#record) * 4)
    for (const [n, old] of this.#chunks.entries()) {
      const chunk = new Int32Array(chunkStates * record)
      const states = Math.min(chunkStates, this.size - n * chunkStates)
      for (let s = 0; s < states; s++) {
        this.layout.unpack(old, s * this.#record, locals)
        layout.pack(locals, packed)
        chunk.set(packed, s * record)
        chunk[s * record + layout.words] = old[s * this.#record + this.#record - 1]
      }
      this.#chunks[n] = chunk
    }
    this.layout = layout
    this.#record = record
  }
}
