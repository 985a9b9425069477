import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import { explore } from '../checker/reference/explore.ts'
import { systemOf, type Bounds, type ProfileName, type ScopeName } from './index.ts'

interface Case {
  readonly scope: ScopeName
  readonly driver: ProfileName
  readonly set: Partial<Bounds>
}

const tiny = {
  nestParents: 0,
  pagings: 1,
  nested: 0,
  bypasses: 0,
  viommus: 0,
  vdevices: 0,
  virtIds: 0,
}

/** Small enough for plain XState. */
const cases: readonly Case[] = [
  { scope: 'smoke', driver: 'smmuv3', set: {} },
  { scope: 'smoke', driver: 'mock', set: {} },
  { scope: 'smoke', driver: 'smmuv3', set: { ...tiny, devices: 2 } },
  { scope: 'race', driver: 'smmuv3', set: { ...tiny, pagings: 0 } },
  { scope: 'race', driver: 'mock', set: tiny },
  { scope: 'race', driver: 'mock', set: { ...tiny, pagings: 0, failures: 1 } },
]

describe('the tabulated engine and plain XState', () => {
  it.each(cases)('agree on $scope, $driver, $set', async (chosen) => {
    const slow = explore(systemOf(chosen))
    const fast = await check(systemOf(chosen), { symmetry: false })
    expect({
      states: fast.states,
      transitions: fast.transitions,
      refusals: fast.refusals,
      depth: fast.depth,
    }).toEqual({
      states: slow.states,
      transitions: slow.transitions,
      refusals: slow.refusals,
      depth: slow.depth,
    })
    expect([...slow.seen.keys()]).toEqual([])
    expect(fast.properties.filter((p) => p.verdict !== 'proved')).toEqual([])
  })
})
