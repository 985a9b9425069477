import { failing } from '../errnos.ts'
import { errno, free } from '../model.ts'
import { abort } from '../kernel/call.ts'
import { iommuIoctl } from '../path.ts'

/** A new, empty address space. */
export const ioasAlloc = iommuIoctl(
  'IOMMU_IOAS_ALLOC',
  { as: free('ioas') },
  {
    fails: ['_iommufd_object_alloc', 'copy_to_user'],
    run: ({ args: { as }, call }) => {
      if (call.fails('_iommufd_object_alloc')) return errno('ENOMEM')
      as.send({ type: 'alloc' })
      call.ids.take(as)
      if (call.fails('copy_to_user')) {
        abort(as, call)
        return errno('EFAULT')
      }
      as.send({ type: 'finalize' })
    },
  },
  {
    kernel: 'iommufd_ioas_alloc_ioctl',
    says: 'makes an address space',
    errnos: { ENOMEM: failing, EFAULT: failing },
  },
)
