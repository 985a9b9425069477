import { describe, expect, it } from 'vitest'
import { retrace, type TraceStep } from '../checker/index.ts'
import { systemOf, type Bounds } from './index.ts'

type Args = Readonly<Record<string, string>>
const set: Partial<Bounds> = { ioas: 5, failures: 0 }

/** The ids after each call, of the objects that the call has made or that are asked for. */
function ids(
  calls: readonly (readonly [
    action: string,
    args: Args,
    ids: Readonly<Record<string, number | null>>,
    outcome?: string,
  ])[],
) {
  const trace = calls.map(([action, args, , outcome = 'ok']): TraceStep => ({
    action,
    args,
    outcome,
  }))
  const { steps } = retrace(systemOf({ scope: 'lifecycle', driver: 'mock', set }), trace)
  return calls.map(([action, args, asked, outcome], i) => {
    const seen = Object.fromEntries(
      Object.keys(asked).map((name) => [name, steps[i].ids.get(name) ?? null]),
    )
    return outcome === undefined ? [action, args, seen] : [action, args, seen, outcome]
  })
}

describe('ids on the mock driver', () => {
  it('are taken in the order test object, device, automatic HWPT, and go with the test object; that of its VDEVICE stays taken', () => {
    const calls = [
      ['open(/dev/iommu)', {}, {}],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }, { 'ioas[0]': 1 }],
      [
        'IOMMU_TEST_CMD(MOCK_DOMAIN)',
        { as: 'device[0]', pt: 'ioas[0]' },
        { 'selftest[0]': 2, 'device[0]': 3, 'hwptAuto[0]': 4 },
      ],
      [
        'IOMMU_HWPT_ALLOC(PAGING)',
        { dev: 'device[0]', pt: 'ioas[0]', as: 'hwptPaging[0]' },
        { 'hwptPaging[0]': 5 },
      ],
      [
        'IOMMU_VIOMMU_ALLOC',
        { dev: 'device[0]', hwpt: 'hwptPaging[0]', as: 'viommu[0]' },
        { 'viommu[0]': 6 },
      ],
      [
        'IOMMU_VDEVICE_ALLOC',
        { viommu: 'viommu[0]', dev: 'device[0]', virtId: 'virtId[0]', as: 'vdevice[0]' },
        { 'vdevice[0]': 7 },
      ],
      [
        'IOMMU_DESTROY',
        { obj: 'selftest[0]' },
        { 'selftest[0]': null, 'device[0]': null, 'hwptAuto[0]': null, 'vdevice[0]': null },
      ],
      ['IOMMU_DESTROY', { obj: 'vdevice[0]' }, {}, 'ENOENT'],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[1]' }, { 'ioas[1]': 2 }],
      ['IOMMU_DESTROY', { obj: 'viommu[0]' }, { 'viommu[0]': null }],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[2]' }, { 'ioas[2]': 3 }],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[3]' }, { 'ioas[3]': 4 }],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[4]' }, { 'ioas[4]': 6 }],
      [
        'IOMMU_TEST_CMD(MOCK_DOMAIN)',
        { as: 'device[1]', pt: 'hwptPaging[0]' },
        { 'selftest[1]': 8, 'device[1]': 9 },
      ],
      ['close(/dev/iommu)', {}, { 'ioas[0]': null, 'selftest[1]': null }],
      ['open(/dev/iommu)', {}, {}],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }, { 'ioas[0]': 1 }],
    ] as const
    expect(ids(calls)).toEqual(calls)
  })

  it('are given back by a MOCK_DOMAIN that fails, and by a MOCK_DOMAIN_REPLACE after it has taken a new one', () => {
    const calls = [
      ['open(/dev/iommu)', {}, {}],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }, { 'ioas[0]': 1 }],
      [
        'IOMMU_TEST_CMD(MOCK_DOMAIN)',
        { as: 'device[0]', pt: 'ioas[1]' },
        { 'selftest[0]': null, 'device[0]': null },
        'ENOENT',
      ],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[1]' }, { 'ioas[1]': 2 }],
      [
        'IOMMU_TEST_CMD(MOCK_DOMAIN)',
        { as: 'device[0]', pt: 'ioas[0]' },
        { 'selftest[0]': 3, 'device[0]': 4, 'hwptAuto[0]': 5 },
      ],
      // The new automatic HWPT is made before the old one goes.
      [
        'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)',
        { stdev: 'selftest[0]', pt: 'ioas[1]' },
        { 'hwptAuto[0]': null, 'hwptAuto[1]': 6 },
      ],
      [
        'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)',
        { stdev: 'selftest[0]', pt: 'ioas[0]' },
        { 'hwptAuto[0]': 5, 'hwptAuto[1]': null },
      ],
    ] as const
    expect(ids(calls)).toEqual(calls)
  })
})
