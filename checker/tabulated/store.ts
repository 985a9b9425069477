import type { System } from '../system.ts'
import { IndexTable } from './index-table.ts'
import type { Layout } from './layout.ts'
import { Budget, States } from './states.ts'
import { WordTable } from './word-table.ts'

/** The set of states found so far, exact. Small states are looked up in a table of the states themselves, others through their hashes. */
export class Store {
  readonly states: States
  readonly budget: Budget
  readonly #components: number
  #table: WordTable | IndexTable

  constructor(system: System, bits: readonly number[], maxBytes: number) {
    this.#components = system.components
    this.budget = new Budget(maxBytes)
    this.states = new States(system, bits, this.budget)
    this.#table = WordTable.holds(this.states) ? new WordTable(this.states, this.budget) : new IndexTable(this.states, this.budget)
  }

  /** Whether hashes are looked at. */
  get hashed(): boolean {
    return this.#table instanceof IndexTable
  }
  get size(): number {
    return this.states.size
  }
  get layout(): Layout {
    return this.states.layout
  }

  /**
   * Adds `count` packed states that stand one after another in `batch`, with their hashes; `found` is negative for new ones (`~index`), and
   * says nothing else of the others.
   */
  addBatch(batch: Int32Array, hashes: Int32Array, count: number, predecessors: Int32Array, found: Int32Array): void {
    this.#table.addBatch(batch, hashes, count, predecessors, found)
  }

  /** Gives kinds more bits. */
  widen(bits: readonly number[]): void {
    this.states.widen(bits)
    if (this.#table instanceof IndexTable) return
    const places = 1 << Math.max(12, 32 - Math.clz32(Math.ceil(this.size / 0.875)))
    this.#table = WordTable.holds(this.states)
      ? new WordTable(this.states, this.budget, places)
      : IndexTable.of(this.states, this.budget, places, this.#components, hashOf)
  }
}

/** Hashes of states: the exclusive or of a random word for each component and local state, so that a write changes it by a constant. */
export function zobrist(component: number, local: number): number {
  let hash = Math.imul(component + 1, 0x9e3779b1) ^ Math.imul(local + 1, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return hash ^ (hash >>> 15)
}

/** The hash of a state. */
export function hashOf(locals: Int32Array): number {
  let hash = 0
  for (let c = 0; c < locals.length; c++) hash ^= zobrist(c, locals[c])
  return hash
}
