import { frames, the, type Calls, type Nothing } from '../../checker/index.ts'
import { any } from '../errnos.ts'
import { each, objects, ok, type H, type Obj } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { destroyOp, kfree } from '../kernel/destroy.ts'
import type { Dev } from '../kernel/hwpt-put.ts'
import { drain, letGo, remove, wake } from '../kernel/object.ts'
import { unbindDetached } from '../kernel/unbind.ts'
import { iommuIoctl } from '../path.ts'

interface Destroy {
  remove: Nothing
  /** The object that nobody else can reach. */
  destroy: { obj: Obj }
  /** A virtual device, and the device that it held. */
  putDeviceOfVdevice: { obj: H<'vdevice'> } & Dev
  wakeDeviceOfVdevice: { obj: H<'vdevice'> } & Dev
  /** A test object, and the device that it made. */
  unbind: Calls<typeof unbindDetached, { obj: H<'selftest'> }>
}

/** Destroys any object that nothing else uses. */
export const destroy = iommuIoctl(
  'IOMMU_DESTROY',
  { obj: each(...objects) },
  {
    frames: frames<Destroy>(),
    start: 'remove',
    steps: {
      remove: ({ obj }, { call, go }) => {
        remove(obj)
        call.ids.give(obj)
        return go.destroy({ obj })
      },
      destroy: ({ obj }, { sys, call, go }) => {
        drain(obj)
        if (obj.kind === 'selftest') {
          const dev = the(obj.context.device)
          return go.unbind({ dev, hwpt: detach(sys, dev, call) }, { obj })
        }
        const dev = obj.kind === 'vdevice' ? obj.context.device : null
        destroyOp(obj, sys, call)
        if (obj.kind === 'vdevice') return go.putDeviceOfVdevice({ obj, dev: the(dev) })
        kfree(obj)
        return ok()
      },
      putDeviceOfVdevice: ({ obj, dev }, { go }) => {
        letGo(dev)
        return go.wakeDeviceOfVdevice({ obj, dev })
      },
      wakeDeviceOfVdevice: ({ obj, dev }) => {
        wake(dev)
        kfree(obj)
        return ok()
      },
      unbind: {
        calls: unbindDetached,
        then: ({ obj }) => {
          kfree(obj)
          return ok()
        },
      },
    },
  },
  {
    kernel: 'iommufd_object_remove',
    says: 'destroys an object that nothing else uses',
    errnos: { ENOENT: any, EBUSY: any },
    leftOut: [
      {
        errno: 'EBUSY',
        why: 'of a vIOMMU with an event queue or a hardware queue (`IOMMU_VEVENTQ_ALLOC`, `IOMMU_HW_QUEUE_ALLOC`): they are not modelled; nor are other objects that hold one',
      },
    ],
  },
)
