import { blocked, each, errno, free, ioctl, type Errno, type H, type Sys } from '../model.ts'
import { abort, type KernelCall } from '../kernel/call.ts'
import { getObject, hold, letGo, putObject } from '../kernel/object.ts'

type Fails = '_iommufd_object_alloc' | 'viommu_init' | 'copy_to_user'

function alloc(
  hwpt: H<'hwptPaging' | 'hwptAuto'>,
  as: H<'viommu'>,
  view: Sys,
  call: KernelCall<Fails>,
): Errno | null {
  if (!hwpt.context.nestParent) return 'EINVAL'
  if (call.fails('_iommufd_object_alloc')) return 'ENOMEM'
  // An automatic HWPT is no nest parent.
  as.send({ type: 'alloc', hwpt: hwpt as H<'hwptPaging'> })
  call.ids.take(as)
  hold(hwpt)
  const { viommuInitErrno } = view.driver.only.context
  if (viommuInitErrno !== null && call.fails('viommu_init')) return viommuInitErrno
  if (call.fails('copy_to_user')) return 'EFAULT'
  return null
}

/** A guest's slice of the IOMMU behind a device, over a nest parent. */
export const viommuAlloc = ioctl(
  'IOMMU_VIOMMU_ALLOC',
  { dev: each('device'), hwpt: each('hwptPaging', 'hwptAuto'), as: free('viommu') },
  {
    fails: ['_iommufd_object_alloc', 'viommu_init', 'copy_to_user'],
    run: ({ dev, hwpt, as }, view, call) => {
      if (!view.ictx.only.in('open')) return blocked()
      if (!getObject(dev)) return errno('ENOENT')
      let rc: Errno | null = 'ENOENT'
      if (getObject(hwpt)) {
        rc = alloc(hwpt, as, view, call)
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
  { kernel: 'iommufd_viommu_alloc_ioctl', says: 'makes a virtual IOMMU over a nest parent' },
)
