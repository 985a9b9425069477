import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import { profiles, scopes, systemOf } from '../spec/index.ts'
import { propertiesFor } from './index.ts'
import { mutations, type Mutation } from './mutations.ts'
import { mockUnwinds, unwinds } from './unwinds.ts'

async function broken({
  breaks,
  scope = 'smoke',
  driver = 'smmuv3',
  set = {},
  omit,
  kinds,
  ops,
  actions,
}: Mutation): Promise<string[]> {
  const bounds = { ...scopes[scope], ...set }
  const system = systemOf({
    scope,
    driver,
    set,
    properties: propertiesFor(scope, driver, set).filter((p) => breaks.includes(p.id)),
    ...(omit === undefined ? {} : { omit: [omit] }),
    ...(ops === undefined ? {} : { ops }),
    ...(kinds === undefined ? {} : { kinds: kinds(bounds) }),
    ...(actions === undefined ? {} : { actions: actions(bounds, profiles[driver]) }),
  })
  // A reference that is never put makes the counts grow without end.
  const report = await check(system, {
    symmetry: false,
    maxStates: scope === 'race' ? 30_000 : 1_500,
  })
  return report.properties.filter((p) => p.verdict === 'violated').map((p) => p.id)
}

describe('a broken rule is noticed', () => {
  it.each(mutations)('$says', async (mutation) => {
    expect(await broken(mutation)).toEqual(expect.arrayContaining([...mutation.breaks]))
  })

  it('every property can be broken', () => {
    const noticed = new Set(mutations.flatMap(({ breaks }) => breaks))
    const runs = (['smmuv3', 'mock'] as const).flatMap((driver) => [
      ...propertiesFor('smoke', driver),
      ...propertiesFor('race', driver),
    ])
    const all = [
      'accepted',
      'dangling',
      'deadlock',
      ...runs.filter((p) => p.kind !== 'cover').map((p) => p.id),
    ]
    expect([...new Set(all)].filter((id) => !noticed.has(id))).toEqual([])
  })
})

describe('an unwind that is left out is noticed', () => {
  it.each(unwinds)('$action: $kind $event', async (left) => {
    const breaks = ['failed-leaves-no-trace', 'attach-efault-detaches']
    expect(
      await broken({ says: '', breaks, set: { closing: 0, owners: 0 }, omit: left }),
    ).not.toEqual([])
  })

  it.each(mockUnwinds)('on mock, $action: $kind $event', async (left) => {
    const breaks = ['failed-leaves-no-trace']
    expect(
      await broken({ says: '', breaks, driver: 'mock', set: { closing: 0 }, omit: left }),
    ).not.toEqual([])
  })
})
