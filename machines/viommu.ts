import { ref } from './fields.ts'
import { object } from './object.ts'

/** A virtual IOMMU; `struct iommufd_viommu`. */
export const viommu = object('viommu', {
  is: "A virtual IOMMU: one guest's slice of a physical one.",
  kernel: 'struct iommufd_viommu',
  uapi: 'IOMMUFD_OBJ_VIOMMU',
  keeps: { hwpt: ref('hwptPaging', 'the nest parent: stage 2 of everything behind this vIOMMU') },
  alloc: { kernel: 'iommufd_viommu_alloc_ioctl', says: 'gets an id and names its nest parent' },
})
