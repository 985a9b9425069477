import { action, blocked, type AnyObject, type H, type Obj } from '../model.ts'
import { destroyOp, kfree } from '../kernel/destroy.ts'
import { destroySelftestNow } from '../kernel/selftest.ts'

/**
 * The last reference to an open of /dev/iommu goes: all objects are destroyed, leaves first;
 * `iommufd_fops_release`. The kernel finds the order by passing over the ids again and again: a
 * test object comes before its device, and before a virtual device of that, which goes with it.
 * Only a virtual device that has been given a lower id again would go first.
 */
export const close = action(
  'close(/dev/iommu)',
  {},
  (_, view, call) => {
    const { ictx, device, driver } = view
    if (!ictx.only.in('open')) return blocked()
    if (driver.only.context.pinsFile && device.some((d) => !d.in('free'))) return blocked()
    const sweep = (object: Exclude<Obj, H<'device'>>) => {
      if (!object.in('live') || object.context.users !== 1) return
      ;(object as AnyObject).send({ type: 'release' })
      if (object.kind === 'selftest') destroySelftestNow(object, view, call)
      else destroyOp(object, view)
      kfree(object)
    }
    view.selftest.forEach(sweep)
    view.hwptNested.forEach(sweep)
    view.viommu.forEach(sweep)
    view.hwptPaging.forEach(sweep)
    view.hwptAuto.forEach(sweep)
    view.ioas.forEach(sweep)
    call.ids.close()
    ictx.only.send({ type: 'release' })
  },
  {
    kernel: 'iommufd_fops_release',
    says: 'destroys all objects of the context; a device that is bound through VFIO keeps it open',
  },
)
