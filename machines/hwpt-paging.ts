import { fixed, ref } from './fields.ts'
import { object } from './object.ts'

/** A page table that iommufd fills from an IOAS; `struct iommufd_hwpt_paging`. */
export const hwptPaging = object('hwptPaging', {
  is: 'A page table that follows an IOAS: made by `IOMMU_HWPT_ALLOC` (`hwptPaging`), or by an attach to an IOAS (`hwptAuto`).',
  kernel: 'struct iommufd_hwpt_paging',
  uapi: 'IOMMUFD_OBJ_HWPT_PAGING',
  keeps: {
    nestParent: fixed<boolean>('whether it was allocated with IOMMU_HWPT_ALLOC_NEST_PARENT'),
    auto: fixed<boolean>(
      'whether an attach to an IOAS made it; such a one goes with its last attachment',
    ),
    ioas: ref('ioas', 'the address space it follows'),
  },
  alloc: { kernel: 'iommufd_hwpt_paging_alloc', says: 'gets an id and names its address space' },
})
