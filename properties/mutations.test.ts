import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import { proposal, systemOf, type ProposalText } from '../spec/index.ts'
import { propertiesFor } from './index.ts'
import { broken, mutations, type Mutation } from './mutations.ts'
import { mockUnwinds, unwinds } from './unwinds.ts'

/** Which of these properties are violated. */
async function violated(
  breaks: readonly string[],
  { scope = 'smoke', driver = 'smmuv3', set = {} }: Partial<Mutation>,
  text: ProposalText,
): Promise<string[]> {
  const system = systemOf({
    scope,
    driver,
    set,
    properties: propertiesFor(scope, driver, set).filter((p) => breaks.includes(p.id)),
    proposal: proposal(text),
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
    const { breaks: _b, scope: _s, driver: _d, set: _n, ...text } = mutation
    const ids = broken(mutation)
    expect(await violated(ids, mutation, text)).toEqual(expect.arrayContaining(ids))
  })

  it('every property can be broken', () => {
    const noticed = new Set(mutations.flatMap(broken))
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
      await violated(
        breaks,
        { set: { closing: 0, owners: 0 } },
        { says: 'it stays', omit: [left] },
      ),
    ).not.toEqual([])
  })

  it.each(mockUnwinds)('on mock, $action: $kind $event', async (left) => {
    const breaks = ['failed-leaves-no-trace']
    expect(
      await violated(
        breaks,
        { driver: 'mock', set: { closing: 0 } },
        { says: 'it stays', omit: [left] },
      ),
    ).not.toEqual([])
  })
})
