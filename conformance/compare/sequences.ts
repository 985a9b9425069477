import { createHash } from 'node:crypto'
import { systemOf, type Bounds } from '../../spec/index.ts'
import { bindings } from '../../uapi/binding/index.ts'
import { coveringSequences } from '../generate/cover.ts'
import { random } from '../generate/random.ts'
import { reachable } from '../generate/reachable.ts'
import { generationBounds, walkBounds } from '../generate/scopes.ts'
import { StateTable } from '../generate/state-table.ts'
import type { Covered } from '../generate/targets.ts'
import { walk, type Move } from '../generate/walk.ts'
import { foretoldOf } from './foretold.ts'
import { planOf, type Plan } from './plan.ts'

/** A sequence to be run, and where it came from. */
export interface Generated {
  readonly table: StateTable
  readonly moves: readonly Move[]
  readonly plan: Plan
  /** Made to cover something; otherwise a random walk. */
  readonly covers: boolean
}

/** What to generate. */
export interface GenerateOptions {
  /** A whole number of 32 bits; the same seed, the same sequences. */
  readonly seed: number
  /** How many distinct sequences, those that cover included; at least those that cover are made. */
  readonly sequences: number
  /** Calls of a random walk. */
  readonly length: number
}

/** The states and calls of the mock driver within bounds. */
export const tableOf = (set: Partial<Bounds>): StateTable =>
  new StateTable(systemOf({ scope: 'smoke', driver: 'mock', set }))

/** Walks that were made already, one after another, after which no new one is looked for. */
const patience = 1000

/**
 * Sequences that cover everything within the generation's bounds, then random walks, all distinct.
 * `covers` is told all that can be covered.
 */
export function* sequences(
  { seed, sequences: wanted, length }: GenerateOptions,
  covers: Covered,
): Generator<Generated> {
  const dice = random(seed)
  const made = new Set<string>()
  const generated = (
    table: StateTable,
    moves: readonly Move[],
    covering: boolean,
  ): Generated | null => {
    const plan = planOf(table.system, bindings.mock, foretoldOf(table, moves), dice)
    const text = plan.calls
      .map(({ action, args, nameless }) => JSON.stringify([action, args, nameless]))
      .join('\n')
    const key = createHash('sha1').update(text).update(plan.numbers.join()).digest('base64')
    if (made.has(key)) return null
    made.add(key)
    return { table, moves, plan, covers: covering }
  }
  const tables = Object.values(generationBounds).map(tableOf)
  for (const table of tables)
    for (const moves of coveringSequences(table, reachable(table), covers)) {
      const one = generated(table, moves, true)
      if (one !== null) yield one
    }
  tables.push(tableOf(walkBounds))
  for (let repeats = 0; made.size < wanted && repeats < patience;) {
    const table = tables[made.size % tables.length]
    const one = generated(table, walk(table, dice, length), false)
    repeats = one === null ? repeats + 1 : 0
    if (one !== null) yield one
  }
}
