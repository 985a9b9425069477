import { the } from '../../checker/index.ts'
import { blocked, type H, type Obj } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { destroyOp, kfree } from '../kernel/destroy.ts'
import { release } from '../kernel/object.ts'
import { unbindDetached } from '../kernel/unbind.ts'
import { action } from '../path.ts'

/**
 * The last reference to an open of /dev/iommu goes: all objects are destroyed, leaves first;
 * `iommufd_fops_release`. The kernel finds the order by passing over the ids again and again: a
 * test object comes before its device, and before a virtual device of that, which goes with it.
 * Only a virtual device that has been given a lower id again would go first.
 */
export const close = action(
  'close(/dev/iommu)',
  {},
  ({ sys, call }) => {
    const { ictx, device, selftest } = sys
    if (!ictx.only.in('open')) return blocked()
    // VFIO keeps the file of a context that its devices are bound to; a test object does not.
    if (!selftest.exists && device.some((d) => !d.in('free'))) return blocked()
    const sweep = (object: Exclude<Obj, H<'device'>>) => {
      if (!object.in('live') || object.context.users !== 1) return
      release(object)
      if (object.kind === 'selftest') {
        const dev = the(object.context.device)
        call.now(unbindDetached, { dev, hwpt: detach(sys, dev, call) })
      } else destroyOp(object, sys, call)
      kfree(object)
    }
    selftest.forEach(sweep)
    sys.hwptNested.forEach(sweep)
    sys.viommu.forEach(sweep)
    sys.hwptPaging.forEach(sweep)
    sys.hwptAuto.forEach(sweep)
    sys.ioas.forEach(sweep)
    call.ids.close()
    ictx.only.send({ type: 'release' })
  },
  {
    kernel: 'iommufd_fops_release',
    says: 'destroys all objects of the context; a device that is bound through VFIO keeps it open',
  },
)
