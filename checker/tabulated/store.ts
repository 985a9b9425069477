import type { System } from '../system.ts'
import { Layout } from './layout.ts'

const chunkBits = 14
const chunkStates = 1 << chunkBits

/** Thrown where the next growth would pass the memory limit. */
export class OutOfMemory extends Error {}

/**
 * The set of states found so far, exact: each packed state with its predecessor, and a hash table of (index, hash) pairs side by side.
 * Linear probing; a hash that is equal is confirmed word by word. Hashes come from {@link zobrist} and do not depend on the packing.
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
  #places = new Int32Array(256)
  /** Of no meaning: it keeps the loads of `addBatch` from being optimised away. */
  touched = 0

  constructor(system: System, bits: readonly number[], maxBytes: number) {
    this.system = system
    this.layout = new Layout(system, bits)
    this.packed = new Int32Array(this.layout.words)
    this.#record = this.layout.words + 1
    this.maxBytes = maxBytes
    this.#table = new Int32Array(1 << 13)
    this.#tableMask = (this.#table.length >> 1) - 1
  }

  /**
   * Adds `count` packed states that stand one after another in `batch`; `found` receives their indices, `~index` for new ones. The places
   * where look-ups will begin are touched first, all together: the cache misses of a batch overlap.
   */
  addBatch(batch: Int32Array, hashes: Int32Array, count: number, predecessor: number, found: Int32Array): void {
    const words = this.packed.length
    const record = this.#record
    const chunks = this.#chunks
    const places = this.#places.length < count ? (this.#places = new Int32Array(count)) : this.#places
    let touched = 0
    for (let i = 0; i < count; i++) touched ^= this.#table[(hashes[i] & this.#tableMask) << 1]
    for (let i = 0; i < count; i++) {
      const at = this.#probe(hashes[i], hashes[i] & this.#tableMask)
      places[i] = at
      const entry = this.#table[at << 1]
      if (entry !== 0) touched ^= chunks[(entry - 1) >>> chunkBits][((entry - 1) & (chunkStates - 1)) * record]
    }
    this.touched = touched
    const table = this.#table
    for (let i = 0, from = 0; i < count; i++, from += words) {
      const hash = hashes[i]
      // Insertions of this batch may have filled the place since, or moved the table.
      for (let at = this.#table === table ? places[i] : hash & this.#tableMask; ; at = (at + 1) & this.#tableMask) {
        at = this.#probe(hash, at)
        const entry = this.#table[at << 1]
        if (entry === 0) {
          found[i] = ~this.#insert(at, batch, from, hash, predecessor)
          break
        }
        const index = entry - 1
        const chunk = chunks[index >>> chunkBits]
        const start = (index & (chunkStates - 1)) * record
        let w = 0
        while (w < words && chunk[start + w] === batch[from + w]) w++
        if (w < words) continue
        found[i] = index
        break
      }
    }
  }

  /** The first place from `at` on that is empty or has this hash. */
  #probe(hash: number, at: number): number {
    const table = this.#table
    const mask = this.#tableMask
    while (table[at << 1] !== 0 && table[(at << 1) | 1] !== hash) at = (at + 1) & mask
    return at
  }

  /** The packed words of a stored state. */
  load(index: number, into: Int32Array): void {
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
  }

  #insert(at: number, batch: Int32Array, from: number, hash: number, predecessor: number): number {
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
    const words = this.#record - 1
    for (let w = 0; w < words; w++) chunk[start + w] = batch[from + w]
    chunk[start + words] = predecessor
    this.size = index + 1
    return index
  }

  #rehash(length: number): void {
    const old = this.#table
    const table = new Int32Array(length)
    const mask = (length >> 1) - 1
    for (let e = 0; e < old.length; e += 2) {
      if (old[e] === 0) continue
      let at = old[e + 1] & mask
      while (table[at << 1] !== 0) at = (at + 1) & mask
      table[at << 1] = old[e]
      table[(at << 1) | 1] = old[e + 1]
    }
    this.#table = table
    this.#tableMask = mask
  }

  #reserve(bytes: number): void {
    if (this.bytes + bytes > this.maxBytes) throw new OutOfMemory()
    this.bytes += bytes
  }
}

/** Hashes of states: the exclusive or of a random word for each component and local state, so that a write changes it by a constant. */
export function zobrist(component: number, local: number): number {
  let hash = Math.imul(component + 1, 0x9e3779b1) ^ Math.imul(local + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return hash ^ (hash >>> 15)
}
