import type { Driver, Failing, NestedFails } from './driver.ts'
import { hasVdevIds } from './vdev-id.ts'

/** What making a nested domain comes to, on a parent and through a vIOMMU: the data, then memory. */
const nested =
  (point: 'alloc_domain_nested' | 'domain_alloc_nested') => (call: Failing<NestedFails>) => {
    if (call.fails('iommu_copy_struct_from_user')) return 'EFAULT'
    return call.fails(point) ? 'ENOMEM' : null
  }

/** The driver of the kernel's own tests: nested domains both ways, no stream table. */
export const mock: Driver = {
  attachDev: (sys, group, hwpt) => {
    if (hwpt.kind !== 'hwptNested') return null
    const { viommu } = hwpt.context
    // `mock_domain_nop_attach`
    return viommu === null || hasVdevIds(sys, group, viommu) ? null : 'ENOENT'
  },
  domainAllocNested: nested('domain_alloc_nested'),
  viommuInit: (call) => (call.fails('viommu_init') ? 'ENOMEM' : null),
  allocDomainNested: nested('alloc_domain_nested'),
}
