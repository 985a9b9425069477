import type { System } from '../system.ts'
import { Layout } from './layout.ts'

const chunkBits = 14
const chunkStates = 1 << chunkBits

/** Thrown where the next growth would pass the memory limit. */
export class OutOfMemory extends Error {}

/**
 * The set of states found so far, exact: each packed state with its predecessor, and a hash table of (index, hash) pairs side by side.
 * Linear probing; a hash that is equal is confirmed word by word.
 */
export class Store {
  readonly system: System
  layout: Layout
  size = 0
  /** Bytes that states and table take, and the most they may take. */
  bytes = 0
  maxBytes: number
  /** The state to look up, packed. */
  packed: Int32Array
  #chunks: Int32Array[] = []
  #table: Int32Array
  #tableMask: number
  #record: number

  constructor(system: System, bits: readonly number[], maxBytes: number) {
    this.system = system
    this.layout = new Layout(system, bits)
    this.packed = new Int32Array(this.layout.words)
    this.#record = this.layout.words + 1
    this.maxBytes = maxBytes
    this.#table = new Int32Array(1 << 13)
    this.#tableMask = (this.#table.length >> 1) - 1
  }

  /** The index of the state in `packed`; where it is new, it is stored with the predecessor and `size` grows. */
  add(predecessor: number): number {
    const { packed } = this
    const words = packed.length
    const hash = hashOf(packed, 0, words)
    const table = this.#table
    const mask = this.#tableMask
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const entry = table[at << 1]
      if (entry === 0) return this.#insert(at, hash, predecessor)
      if (table[(at << 1) | 1] === hash) {
        const index = entry - 1
        const chunk = this.#chunks[index >>> chunkBits]
        const start = (index & (chunkStates - 1)) * this.#record
        let w = 0
        while (w < words && chunk[start + w] === packed[w]) w++
        if (w === words) return index
      }
    }
  }

  /** The local states of a stored state. */
  load(index: number, into: Int32Array): void {
    this.layout.unpack(this.#chunks[index >>> chunkBits], (index & (chunkStates - 1)) * this.#record, into)
  }

  /** The packed words of a stored state. */
  loadPacked(index: number, into: Int32Array): void {
    const chunk = this.#chunks[index >>> chunkBits]
    const start = (index & (chunkStates - 1)) * this.#record
    for (let w = 0; w < into.length; w++) into[w] = chunk[start + w]
  }

  /** The state from which a state was first reached; -1 for the initial one. */
  predecessor(index: number): number {
    return this.#chunks[index >>> chunkBits][(index & (chunkStates - 1)) * this.#record + this.#record - 1]
  }

  /** Gives kinds more bits: all states are encoded anew. */
  widen(bits: readonly number[]): void {
    const layout = new Layout(this.system, bits)
    const record = layout.words + 1
    const locals = new Int32Array(this.system.components)
    const packed = new Int32Array(layout.words)
    this.#reserve(this.#chunks.length * chunkStates * Math.max(0, record - this.#record) * 4)
    for (const [n, old] of this.#chunks.entries()) {
      const chunk = record === this.#record ? old : new Int32Array(chunkStates * record)
      const states = Math.min(chunkStates, this.size - n * chunkStates)
      const from = record === this.#record ? old.slice() : old
      for (let s = 0; s < states; s++) {
        this.layout.unpack(from, s * this.#record, locals)
        layout.pack(locals, packed)
        chunk.set(packed, s * record)
        chunk[s * record + layout.words] = from[s * this.#record + this.#record - 1]
      }
      this.#chunks[n] = chunk
    }
    this.layout = layout
    this.packed = packed
    this.#record = record
    this.#rehash(this.#table.length)
  }

  #insert(at: number, hash: number, predecessor: number): number {
    const index = this.size
    if (index >>> chunkBits >= this.#chunks.length) {
      this.#reserve(chunkStates * this.#record * 4)
      this.#chunks.push(new Int32Array(chunkStates * this.#record))
    }
    // At 7/8 the table doubles: it is memory that decides, and TLB misses, more than probes.
    if (index >= (this.#tableMask + 1) * 0.875) {
      this.#reserve(this.#table.length * 8)
      this.#rehash(this.#table.length * 2)
      for (at = hash & this.#tableMask; this.#table[at << 1] !== 0; at = (at + 1) & this.#tableMask);
    }
    this.#table[at << 1] = index + 1
    this.#table[(at << 1) | 1] = hash
    const chunk = this.#chunks[index >>> chunkBits]
    const start = (index & (chunkStates - 1)) * this.#record
    chunk.set(this.packed, start)
    chunk[start + this.#record - 1] = predecessor
    this.size = index + 1
    return index
  }

  #rehash(length: number): void {
    this.#table = new Int32Array(0)
    this.#table = new Int32Array(length)
    this.#tableMask = (length >> 1) - 1
    const words = this.packed.length
    for (let index = 0; index < this.size; index++) {
      const chunk = this.#chunks[index >>> chunkBits]
      const start = (index & (chunkStates - 1)) * this.#record
      const hash = hashOf(chunk, start, words)
      let at = hash & this.#tableMask
      while (this.#table[at << 1] !== 0) at = (at + 1) & this.#tableMask
      this.#table[at << 1] = index + 1
      this.#table[(at << 1) | 1] = hash
    }
  }

  #reserve(bytes: number): void {
    if (this.bytes + bytes > this.maxBytes) throw new OutOfMemory()
    this.bytes += bytes
  }
}

function hashOf(words: Int32Array, start: number, count: number): number {
  let hash = 0
  for (let w = 0; w < count; w++) {
    hash = Math.imul(hash ^ words[start + w], 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0x85ebca6b)
  return hash ^ (hash >>> 16)
}
