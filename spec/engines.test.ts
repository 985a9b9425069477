import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import { explore } from '../checker/reference/explore.ts'
import { after, at, before, proposal } from './index.ts'
import { systemOf, type Bounds, type ProfileName, type ScopeName } from './index.ts'
import { ioasAlloc } from './ioctls/ioas-alloc.ts'
import { vfioAttach } from './ioctls/vfio-attach.ts'
import { unbind } from './kernel/unbind.ts'

interface Case {
  readonly scope: ScopeName
  readonly driver: ProfileName
  readonly set: Partial<Bounds>
}

type Counts = Pick<Awaited<ReturnType<typeof check>>, 'states' | 'transitions' | 'refusals'>

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

/** Checks and effects in calls, in their steps, and in paths. */
const hooked = proposal({
  says: 'nothing is attached twice, nor where two address spaces are',
  rules: { secondAttach: 'is EBUSY' },
  hooks: [
    before(vfioAttach, ({ sys }) => (sys.ioas.count((i) => i.in('live')) > 1 ? 'EPERM' : null)),
    before(at(vfioAttach, 'respond'), ({ args: { dev } }) => {
      if (!dev.in('free')) dev.send({ type: 'inc' })
      return null
    }),
    after(at(vfioAttach, 'respond'), ({ args: { dev } }) => {
      if (!dev.in('free')) dev.send({ type: 'dec' })
    }),
    before(at(unbind, 'releaseOwner'), () => undefined),
    after(ioasAlloc, ({ args: { as } }) => as.send({ type: 'inc' })),
  ],
})

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

  it.each(['smoke', 'race'] as const)('agree on a proposal with hooks: %s', async (scope) => {
    const set = { ...tiny, pagings: 0, closing: 0, failures: 0 }
    const chosen = { scope, driver: 'smmuv3', set, proposal: hooked } as const
    const slow = explore(systemOf(chosen))
    const fast = await check(systemOf(chosen), { symmetry: false })
    const counts = ({ states, transitions, refusals }: Counts) => ({
      states,
      transitions,
      refusals,
    })
    expect(counts(fast)).toEqual(counts(slow))
    const merged = await check(systemOf({ ...chosen, proposal: undefined }), { symmetry: false })
    expect(counts(fast)).not.toEqual(counts(merged))
  })
})
