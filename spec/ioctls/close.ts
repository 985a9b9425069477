import { action, blocked, type AnyObject, type Obj, type Sys } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { destroyNow, destroyOp, kfree } from '../kernel/destroy.ts'
import { hwptPut } from '../kernel/hwpt-put.ts'
import { letGo } from '../kernel/object.ts'

/** Destroys an object whose only user is the id table; skips others, as they are or will be. */
function sweep(object: Obj, view: Sys): void {
  if ((object as AnyObject).try({ type: 'remove' }) === null) destroyNow(object, view)
}

/**
 * The last reference to an open of /dev/iommu goes: all objects are destroyed, leaves first; `iommufd_fops_release`. The kernel finds the
 * order by passing over the ids again and again.
 */
export const close = action(
  'close(/dev/iommu)',
  {},
  (_, view, { ids }) => {
    const { ictx, device, driver } = view
    if (!ictx.only.in('open')) return blocked()
    if (driver.only.context.pinsFile && device.some((d) => !d.in('free'))) return blocked()
    view.vdevice.forEach((o) => sweep(o, view))
    device.forEach((d) => {
      if (!d.in('live')) return
      if (d.context.attached) {
        const hwpt = detach(view, d)
        if (hwptPut(hwpt)) {
          destroyOp(hwpt, view)
          kfree(hwpt)
        }
        letGo(d)
      }
      letGo(d)
      sweep(d, view)
    })
    view.hwptNested.forEach((o) => sweep(o, view))
    view.viommu.forEach((o) => sweep(o, view))
    view.hwptPaging.forEach((o) => sweep(o, view))
    view.hwptAuto.forEach((o) => sweep(o, view))
    view.ioas.forEach((o) => sweep(o, view))
    ids.close()
    ictx.only.send({ type: 'release' })
  },
  { kernel: 'iommufd_fops_release', says: 'destroys all objects of the context' },
)
