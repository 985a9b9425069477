import { action, blocked, type AnyObject } from '../model.ts'
import { destroyNow, type Simple } from '../kernel/destroy.ts'
import { destroySelftestNow } from '../kernel/selftest.ts'

/** Takes an object from its id if only the xarray holds it; others have gone with what they hung on, or will. */
const taken = (object: AnyObject): boolean => object.try({ type: 'remove' }) === null

/**
 * The last reference to an open of /dev/iommu goes: all objects are destroyed, leaves first; `iommufd_fops_release`. The kernel finds the
 * order by passing over the ids again and again.
 */
export const close = action(
  'close(/dev/iommu)',
  {},
  (_, view, call) => {
    const { ictx, device, driver } = view
    if (!ictx.only.in('open')) return blocked()
    if (driver.only.context.pinsFile && device.some((d) => !d.in('free'))) return blocked()
    const sweep = (object: Simple) => {
      if (taken(object)) destroyNow(object, view)
    }
    view.vdevice.forEach(sweep)
    view.selftest.forEach((o) => {
      if (taken(o)) destroySelftestNow(o, view, call)
    })
    view.hwptNested.forEach(sweep)
    view.viommu.forEach(sweep)
    view.hwptPaging.forEach(sweep)
    view.hwptAuto.forEach(sweep)
    view.ioas.forEach(sweep)
    call.ids.close()
    ictx.only.send({ type: 'release' })
  },
  { kernel: 'iommufd_fops_release', says: 'destroys all objects of the context; a device that is bound through VFIO keeps it open' },
)
