import type { Bounds } from '../spec/index.ts'
import { constants } from '../uapi/index.ts'
import type { Call, History } from './history.ts'
import { number } from './fields.ts'

type Sort = 'ioas' | 'nestParents' | 'pagings' | 'nested' | 'viommus' | 'vdevices' | 'devices'

/** What a successful call has made, by the sort of slot that it takes, and the id of it. */
function made(
  { ioctl, op, in: given, out }: Call,
  sortOf: (id: number | null) => Sort | undefined,
): readonly [Sort, number | null] | null {
  switch (ioctl) {
    case 'IOMMU_IOAS_ALLOC':
      return ['ioas', number(out, 'out_ioas_id')]
    case 'IOMMU_HWPT_ALLOC': {
      const nestParent = (number(given, 'flags') ?? 0) & constants.IOMMU_HWPT_ALLOC_NEST_PARENT
      const paging = sortOf(number(given, 'pt_id')) === 'ioas'
      return [
        paging ? (nestParent ? 'nestParents' : 'pagings') : 'nested',
        number(out, 'out_hwpt_id'),
      ]
    }
    case 'IOMMU_VIOMMU_ALLOC':
      return ['viommus', number(out, 'out_viommu_id')]
    case 'IOMMU_VDEVICE_ALLOC':
      return ['vdevices', number(out, 'out_vdevice_id')]
    case 'VFIO_DEVICE_BIND_IOMMUFD':
      return ['devices', number(out, 'out_devid')]
    case 'IOMMU_TEST_CMD':
      if (op === 'MOCK_DOMAIN') return ['devices', number(out, 'mock_domain.out_stdev_id')]
      if (op === 'MOCK_DOMAIN_FLAGS')
        return ['devices', number(out, 'mock_domain_flags.out_stdev_id')]
  }
  return null
}

/** A value of the model for every virtual id of a context. */
export function virtIdsOf({ entries }: History): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const entry of entries) {
    if (entry.kind !== 'call' || entry.call.ioctl !== 'IOMMU_VDEVICE_ALLOC') continue
    const virtId = String(entry.call.in?.['virt_id'] ?? 0)
    if (!found.has(virtId)) found.set(virtId, `virtId[${found.size}]`)
  }
  return found
}

/**
 * Numbers with which a system has a slot for everything that the context held at one time, and one
 * of each sort to spare: for calls that fail, and for ids that name nothing. Objects that went with
 * others are counted on; that is more than is needed, never less.
 */
export function boundsFor({ entries, devices }: History, virtIds: number): Bounds {
  const live = new Map<number, Sort>()
  const most: Record<Sort, number> = {
    ioas: 0,
    nestParents: 0,
    pagings: 0,
    nested: 0,
    viommus: 0,
    vdevices: 0,
    devices: 0,
  }
  for (const entry of entries) {
    if (entry.kind !== 'call') continue
    const { call } = entry
    if (call.ret < 0) continue
    if (call.ioctl === 'IOMMU_DESTROY') live.delete(number(call.in, 'id') ?? 0)
    const [sort, id] = made(call, (of) => (of === null ? undefined : live.get(of))) ?? []
    if (sort === undefined || typeof id !== 'number') continue
    live.set(id, sort)
    most[sort] = Math.max(most[sort], [...live.values()].filter((other) => other === sort).length)
  }
  const spare = Object.fromEntries(
    Object.entries(most).map(([sort, n]) => [sort, n + 1]),
  ) as Record<Sort, number>
  const count = Math.max(spare.devices, devices + 1)
  return {
    ...{ callers: 0, owners: 0, closing: 0, failures: 1, bypasses: 0 },
    ...spare,
    ...{ devices: count, groups: count },
    virtIds: Math.max(1, virtIds),
  }
}
