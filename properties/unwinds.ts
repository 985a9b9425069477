import type { Omission } from '../checker/index.ts'

const omit = (action: string, kind: string, event: string): Omission => ({ action, kind, event })
const attach = 'VFIO_DEVICE_ATTACH_IOMMUFD_PT'
const bind = 'VFIO_DEVICE_BIND_IOMMUFD'
const nestedAlloc = 'IOMMU_HWPT_ALLOC(NESTED)'
const mockDomain = 'IOMMU_TEST_CMD(MOCK_DOMAIN)'
const mockReplace = 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)'
const pagingAlloc = 'IOMMU_HWPT_ALLOC(PAGING)'

/** Sends by which a call takes back what it has done. */
export const unwinds: readonly Omission[] = [
  omit('IOMMU_IOAS_ALLOC', 'ioas', 'abort'),
  omit(pagingAlloc, 'hwptPaging', 'abort'),
  omit(pagingAlloc, 'ioas', 'dec'),
  omit(pagingAlloc, 'device', 'dec'),
  omit(nestedAlloc, 'hwptNested', 'abort'),
  omit(nestedAlloc, 'viommu', 'dec'),
  omit(nestedAlloc, 'device', 'wake'),
  omit('IOMMU_VIOMMU_ALLOC', 'viommu', 'abort'),
  omit('IOMMU_VIOMMU_ALLOC', 'hwptPaging', 'dec'),
  omit('IOMMU_VIOMMU_ALLOC', 'device', 'dec'),
  omit('IOMMU_VDEVICE_ALLOC', 'vdevice', 'abort'),
  omit('IOMMU_VDEVICE_ALLOC', 'device', 'clearVdev'),
  omit('IOMMU_VDEVICE_ALLOC', 'device', 'dec'),
  omit('IOMMU_VDEVICE_ALLOC', 'device', 'wake'),
  omit('IOMMU_VDEVICE_ALLOC', 'viommu', 'dec'),
  omit(bind, 'device', 'abort'),
  omit(bind, 'device', 'unlink'),
  omit(bind, 'device', 'kfree'),
  omit(bind, 'group', 'release'),
  omit(bind, 'ste', 'default'),
  omit(attach, 'hwptAuto', 'abort'),
  omit(attach, 'hwptAuto', 'dec'),
  omit(attach, 'ioas', 'dec'),
  omit(attach, 'group', 'detach'),
  omit(attach, 'igroup', 'detach'),
  omit(attach, 'device', 'detach'),
  omit(attach, 'device', 'dec'),
  omit(attach, 'ste', 'abort'),
]

/** The same of mock devices. */
export const mockUnwinds: readonly Omission[] = [
  omit(mockDomain, 'selftest', 'abort'),
  omit(mockDomain, 'device', 'abort'),
  omit(mockDomain, 'device', 'dec'),
  omit(mockDomain, 'device', 'unlink'),
  omit(mockDomain, 'device', 'kfree'),
  omit(mockDomain, 'group', 'detach'),
  omit(mockDomain, 'group', 'release'),
  omit(mockDomain, 'igroup', 'detach'),
  omit(mockDomain, 'hwptAuto', 'abort'),
  omit(mockDomain, 'hwptAuto', 'dec'),
  omit(mockDomain, 'ioas', 'dec'),
  omit(mockReplace, 'hwptAuto', 'abort'),
  omit(mockReplace, 'selftest', 'wake'),
]
