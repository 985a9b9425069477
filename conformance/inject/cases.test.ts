import { describe, expect, it } from 'vitest'
import { systemOf } from '../../spec/index.ts'
import { bindings } from '../../uapi/binding/index.ts'
import { cases } from './cases.ts'
import { Predictor } from './predict.ts'
import { revealing } from './tail.ts'

const one = {
  callers: 0,
  owners: 0,
  devices: 1,
  groups: 1,
  ioas: 1,
  nestParents: 1,
  pagings: 0,
  nested: 1,
  bypasses: 0,
  viommus: 1,
  vdevices: 1,
  virtIds: 1,
}
const small = systemOf({ scope: 'lifecycle', driver: 'mock', set: { ...one, failures: 0 } })
const large = systemOf({
  scope: 'lifecycle',
  driver: 'mock',
  set: { ...one, failures: 1, devices: 3, groups: 3, ioas: 4, nestParents: 2, vdevices: 2 },
})
const predictor = new Predictor(large, bindings.mock)
const all = cases(small, bindings.mock)

describe('cases', () => {
  it('give, as numbers, what they gave when they were found', () => {
    expect(all.length).toBeGreaterThan(50)
    for (const { calls, outcome } of all)
      expect(predictor.answers(predictor.start, calls).at(-1)?.outcome).toBe(outcome)
  })
  it('have every outcome of every call that the system has', () => {
    const outcomes = new Set(all.map(({ action, outcome }) => `${action} ${outcome}`))
    for (const action of small.operations.map((op) => op.name))
      expect([...outcomes].some((o) => o.startsWith(action))).toBe(true)
    expect(outcomes).toContain('IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE) ok')
    expect(outcomes).toContain('IOMMU_DESTROY EBUSY')
  })
  it('are followed by calls after which nothing is left', () => {
    const { calls } = all[all.length - 1]
    const before = predictor.answers(predictor.start, calls.slice(0, -1)).at(-1)
    if (before === undefined) throw new Error('the last case needs calls before it')
    const tail = revealing(predictor, before.next, calls[calls.length - 1])
    const answers = predictor.answers(before.next, [calls[calls.length - 1], ...tail])
    expect(answers).toHaveLength(tail.length + 1)
    expect(answers.at(-2)?.next.ids.now().size).toBe(0)
  })
})
