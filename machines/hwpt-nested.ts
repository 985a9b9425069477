import { fixed, optional, ref } from './fields.ts'
import { object } from './object.ts'

/** A guest's stage 1 over a nest parent; `struct iommufd_hwpt_nested`. */
export const hwptNested = object('hwptNested', {
  is: "A guest's stage 1 over a nest parent.",
  kernel: 'struct iommufd_hwpt_nested',
  uapi: 'IOMMUFD_OBJ_HWPT_NESTED',
  keeps: {
    translate: fixed<boolean>("whether the guest's stage 1 translates or is bypassed"),
    viommu: optional(
      ref('viommu', 'the vIOMMU it was made through, null where it was made on its parent'),
    ),
    parent: ref(
      'hwptPaging',
      'stage 2; pinned by the nested HWPT itself only where no vIOMMU stands between',
    ),
  },
  alloc: {
    kernel: 'iommufd_hwpt_nested_alloc, iommufd_viommu_alloc_hwpt_nested',
    says: 'gets an id and names its parent and its vIOMMU',
  },
})
