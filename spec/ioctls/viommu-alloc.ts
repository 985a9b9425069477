import { any, failing } from '../errnos.ts'
import { each, errno, free, type Errno, type H, type Sys } from '../model.ts'
import { abort, type KernelCall } from '../kernel/call.ts'
import { getObject, hold, letGo, putObject } from '../kernel/object.ts'
import { iommuIoctl } from '../path.ts'

type Fails = '_iommufd_object_alloc' | 'viommu_init' | 'copy_to_user'

function alloc(
  hwpt: H<'hwptPaging' | 'hwptAuto'>,
  as: H<'viommu'>,
  sys: Sys,
  call: KernelCall<Fails>,
): Errno | null {
  // An automatic HWPT is no nest parent.
  if (!hwpt.context.nestParent || hwpt.kind === 'hwptAuto') return 'EINVAL'
  if (call.fails('_iommufd_object_alloc')) return 'ENOMEM'
  as.send({ type: 'alloc', hwpt })
  call.ids.take(as)
  hold(hwpt)
  const refused = sys.driver.viommuInit(call)
  if (refused !== null) return refused
  if (call.fails('copy_to_user')) return 'EFAULT'
  return null
}

/** A guest's slice of the IOMMU behind a device, over a nest parent. */
export const viommuAlloc = iommuIoctl(
  'IOMMU_VIOMMU_ALLOC',
  { dev: each('device'), hwpt: each('hwptPaging', 'hwptAuto'), as: free('viommu') },
  {
    fails: ['_iommufd_object_alloc', 'viommu_init', 'copy_to_user'],
    run: ({ args: { dev, hwpt, as }, sys, call }) => {
      if (!getObject(dev)) return errno('ENOENT')
      let rc: Errno | null = 'ENOENT'
      if (getObject(hwpt)) {
        rc = alloc(hwpt, as, sys, call)
        putObject(hwpt)
      }
      putObject(dev)
      // The dispatcher finalizes what the ioctl has made, or destroys it.
      if (rc === null) as.send({ type: 'finalize' })
      else if (as.in('reserved')) {
        letGo(hwpt)
        abort(as, call)
      }
      if (rc !== null) return errno(rc)
    },
  },
  {
    kernel: 'iommufd_viommu_alloc_ioctl',
    says: 'makes a virtual IOMMU over a nest parent',
    errnos: { ENOENT: any, EINVAL: any, ENOMEM: failing, EFAULT: failing },
    leftOut: [
      { errno: 'EOPNOTSUPP', why: 'both drivers have vIOMMUs; the type is an argument' },
      { errno: 'EINVAL', why: 'of a parent behind another IOMMU: there is one IOMMU' },
    ],
  },
)
