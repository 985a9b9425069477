import type { System } from '../system.ts'
import { IndexTable } from './index-table.ts'
import type { Layout } from './layout.ts'
import { Budget, States } from './states.ts'
import { WordTable } from './word-table.ts'

/**
 * The set of states found so far, exact. Small states are looked up in a table of the states
 * themselves, others through their hashes.
 */
export class Store {
  readonly states: States
  readonly budget: Budget
  #table: WordTable | IndexTable

  constructor(system: System, bits: readonly number[], maxBytes: number) {
    this.budget = new Budget(maxBytes)
    this.states = new States(system, bits, this.budget)
    this.#table = WordTable.holds(this.states)
      ? new WordTable(this.states, this.budget)
      : new IndexTable(this.states, this.budget)
  }

  get size(): number {
    return this.states.size
  }
  get layout(): Layout {
    return this.states.layout
  }

  /**
   * Adds `count` packed states that stand one after another in `batch`, with the hashes of their
   * words; `found` is negative for new ones (`~index`), and says nothing else of the others.
   */
  addBatch(
    batch: Int32Array,
    hashes: Int32Array,
    count: number,
    predecessors: Int32Array,
    found: Int32Array,
  ): void {
    this.#table.addBatch(batch, hashes, count, predecessors, found)
  }

  /** Gives kinds more bits. */
  widen(bits: readonly number[]): void {
    this.states.widen(bits)
    const places = 1 << Math.max(12, 32 - Math.clz32(Math.ceil(this.size / 0.875)))
    this.#table = WordTable.holds(this.states)
      ? new WordTable(this.states, this.budget, places)
      : new IndexTable(this.states, this.budget, places)
  }
}
