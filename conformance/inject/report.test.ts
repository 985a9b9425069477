import { describe, expect, it } from 'vitest'
import type { Injection, Trial } from './judge.ts'
import type { Sweep } from './inject.ts'
import { sweepJson } from './report-json.ts'
import { ranges, sweepText } from './report-text.ts'
import { summaryOf } from './report.ts'

const action = 'IOMMU_VIOMMU_ALLOC'
const trial = {
  of: { action, outcome: 'ok', args: {}, calls: [] },
  calls: [
    { kind: 'open' },
    { kind: 'ioctl', request: { ioctl: action, in: { dev_id: 3, type: 0xdeadbeef } } },
    { kind: 'close' },
  ],
  at: 1,
  points: new Set(['_iommufd_object_alloc', 'viommu_init', 'copy_to_user']),
} as unknown as Trial
const site = { fault: 'failslab', stack: ['mock_viommu_init', 'iommufd_viommu_alloc_ioctl'] }
const injection = (
  nth: number,
  verdict: Injection['verdict'],
  point: string | null,
  outcome = 'ENOMEM',
): Injection => ({
  ...{
    nth,
    verdict,
    point,
    outcome,
    site,
    detail: verdict === 'differs' ? 'call 3, DESTROY: the kernel gives EBUSY, the model ok' : null,
  },
})
const kernel = { release: '7.3.4', version: '#1', machine: 'x86_64' }
const sweep = (...injections: Injection[]): Sweep => ({
  ...{
    kernel,
    swept: [{ trial, injections }],
    sequences: 24,
    boots: 1,
    seconds: 3,
    complete: true,
  },
})

describe('the report', () => {
  it('lists the steps at each point of failure, and the points that no injection came to', () => {
    const one = sweep(
      injection(4, 'agrees', '_iommufd_object_alloc'),
      injection(5, 'agrees', '_iommufd_object_alloc'),
      injection(7, 'agrees', 'copy_to_user', 'EFAULT'),
      injection(6, 'tolerated', null, 'ok'),
    )
    const summary = summaryOf(one)
    expect(summary).toMatchObject({
      injected: 4,
      verdicts: { agrees: 3, tolerated: 1 },
      disagreements: [],
    })
    expect(summary.unreached).toEqual([{ action, point: 'viommu_init' }])
    const text = sweepText(one, summary)
    expect(text).toMatch(/_iommufd_object_alloc {2}ENOMEM {2}4–5\n/)
    expect(text).toContain(`${action}: viommu_init, as mock_viommu_init allocates nothing`)
  })
  it('shows a disagreement with its place, what does not fit and the calls that lead to it', () => {
    const one = sweep(injection(4, 'differs', 'viommu_init'))
    const text = sweepText(one, summaryOf(one))
    expect(text).toContain(
      `${action}, step 4 fails → ENOMEM: differs (viommu_init)\n    at failslab, mock_viommu_init < iommufd_viommu`,
    )
    expect(text).toMatch(
      /the kernel gives EBUSY, the model ok\n {4}1\. open\n {4}2\. IOMMU_VIOMMU_ALLOC dev_id=3 type=3735928559$/,
    )
    expect(sweepJson(one, summaryOf(one)).disagreements).toMatchObject([
      { action, nth: 4, verdict: 'differs', calls: [{}, {}] },
    ])
  })
  it('writes runs of numbers as ranges', () =>
    expect(ranges([1, 3, 4, 5, 8, 9])).toBe('1, 3–5, 8–9'))
})
