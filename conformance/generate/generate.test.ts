import { beforeAll, describe, expect, it } from 'vitest'
import { systemOf } from '../../spec/index.ts'
import { alone, type Alone } from './alone.ts'
import { coveringSequences } from './cover.ts'
import { effectOf } from './effect.ts'
import { reachable, type Reachable } from './reachable.ts'
import { generationBounds } from './scopes.ts'
import { StateTable } from './state-table.ts'
import { Covered } from './targets.ts'
import { reasonOf, unreachable, whyUnreachable } from './unreachable.ts'
import type { Move } from './walk.ts'

const table = new StateTable(
  systemOf({ scope: 'smoke', driver: 'mock', set: { ...generationBounds.virtIds, virtIds: 1 } }),
)
let found: Reachable
let allowed: Alone
beforeAll(() => {
  found = reachable(table)
  allowed = alone(table.system)
}, 60_000)

/** What sequences cover, each call made once more by plain XState. */
function covered(sequences: readonly (readonly Move[])[]): Covered {
  const noted = new Covered()
  for (const moves of sequences) {
    const last = new Map<string, string>()
    for (const { state, edge } of moves) {
      const { action, outcome } = edge.step
      const plain = effectOf(table.system, table.graph.configuration(state), edge.step)
      expect(plain?.outcome).toBe(outcome)
      if (plain !== null) noted.note(action, outcome, plain.effect, last)
    }
  }
  return noted
}

describe('sequences that cover', () => {
  it('cover every outcome, path, transition and pair that can be reached, by plain XState too', () => {
    const sequences = coveringSequences(table, found, new Covered())
    const noted = covered(sequences)
    for (const what of ['outcomes', 'paths', 'transitions', 'pairs'] as const)
      expect(
        [...found[what]].filter((target) => !noted[what].has(target)),
        what,
      ).toEqual([])
    // One call in three covers something new.
    const calls = sequences.reduce((sum, moves) => sum + moves.length, 0)
    expect(calls).toBeLessThan(
      3 * (found.outcomes.size + found.paths.size + found.transitions.size + found.pairs.size),
    )
  }, 60_000)
  it('follow ways that exist', () => {
    for (const target of [...found.pairs].slice(0, 40)) {
      const moves = found.way(target)
      expect(moves[0].state).toBe(0)
      for (const [i, { edge }] of moves.slice(0, -1).entries())
        expect(edge.to).toBe(moves[i + 1].state)
      expect(covered([moves]).pairs).toContain(target)
    }
  }, 60_000)
})

describe('what a lifecycle allows alone', () => {
  it('is more than calls reach, and holds all that they reach', () => {
    for (const what of ['transitions', 'pairs'] as const)
      expect([...found[what]].filter((target) => !allowed[what].has(target))).toEqual([])
  })
  it('is out of reach for a reason; each rule is needed and none is true of a transition that is taken', () => {
    const left = unreachable(allowed, found)
    expect(left.transitions.filter(({ why }) => why === null)).toEqual([])
    expect(new Set(left.transitions.map(({ why }) => why))).toEqual(
      new Set(whyUnreachable.map(({ why }) => why)),
    )
    expect(
      [...found.transitions].filter(
        (transition) => reasonOf(transition) !== null && !allowed.transitions.has(transition),
      ),
    ).toEqual([])
    expect(left.transitions.length + found.transitions.size).toBe(allowed.transitions.size)
  })
})
