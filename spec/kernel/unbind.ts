import { ret, type Calls } from '../../checker/index.ts'
import { path, type H, type Hwpt } from '../model.ts'
import { destroyVdevice, kfree } from './destroy.ts'
import { under } from './call.ts'
import { releaseDmaOwner } from './dma-owner.ts'
import { putAttachment, type Dev } from './hwpt-put.ts'
import { drain, letGo, wake } from './object.ts'

/** A device, and the virtual device that goes with it. */
interface Both extends Dev {
  vdev: H<'vdevice'>
}

interface Unbind {
  dropBias: Dev
  revoke: Dev
  dropBiasOfVdevice: Both
  tombstone: Both
  destroyVdevice: Both
  putDevice: Both
  waitForDevice: Dev
  releaseOwner: Dev
}

/**
 * `iommufd_device_unbind`: revokes the virtual device, waits until no call holds the device, takes
 * its id away, gives its group back.
 */
export const unbind = path<Unbind>()('dropBias', {
  dropBias: ({ dev }, { go }) => {
    dev.send({ type: 'dropBias' })
    return dev.context.waitCnt === 0 ? go.waitForDevice({ dev }) : go.revoke({ dev })
  },
  /** The beginning of `iommufd_device_remove_vdev`. */
  revoke: ({ dev }, { call, go }) => {
    const vdev = under(call, 'igroupLock', dev.context.group, () => {
      dev.send({ type: 'destroying' })
      const { vdev } = dev.context
      // A DESTROY that has unlinked it already will let go of the device: the wait for the device
      // is for that too.
      return vdev === null || vdev.try({ type: 'tryInc' }) !== null ? null : vdev
    })
    return vdev === null ? go.waitForDevice({ dev }) : go.dropBiasOfVdevice({ dev, vdev })
  },
  dropBiasOfVdevice: ({ dev, vdev }, { go }) => {
    vdev.send({ type: 'dropBias' })
    return go.tombstone({ dev, vdev })
  },
  /** `iommufd_object_tombstone_user`. */
  tombstone: ({ dev, vdev }, { sys, call, go }) => {
    drain(vdev)
    letGo(vdev)
    vdev.send({ type: 'unlink' })
    if (sys.rule.idOfUnboundVdevice === 'is a tombstone') {
      call.ids.tombstone(vdev)
      sys.ictx.only.send({ type: 'tombstone' })
    } else call.ids.give(vdev)
    return go.destroyVdevice({ dev, vdev })
  },
  destroyVdevice: ({ dev, vdev }, { call, go }) => {
    destroyVdevice(vdev, call)
    return go.putDevice({ dev, vdev })
  },
  putDevice: ({ dev, vdev }, { go }) => {
    letGo(dev)
    wake(dev)
    kfree(vdev)
    return go.waitForDevice({ dev })
  },
  /** The end of `iommufd_object_remove`. */
  waitForDevice: ({ dev }, { call, go }) => {
    drain(dev)
    letGo(dev)
    dev.send({ type: 'unlink' })
    call.ids.give(dev)
    return go.releaseOwner({ dev })
  },
  /** `iommufd_device_destroy`. */
  releaseOwner: ({ dev }, { sys, call }) => {
    releaseDmaOwner(sys, dev.context.group, call)
    kfree(dev)
    return ret()
  },
})

interface UnbindDetached {
  putAttachment: Calls<typeof putAttachment, Dev>
  unbind: Calls<typeof unbind>
}

/** Unbinds a device whose RID has just left the attachment to `hwpt`, if to any. */
export const unbindDetached = path<UnbindDetached>()(
  ({ dev, hwpt }: Dev & { hwpt: Hwpt | null }, go) =>
    hwpt === null ? go.unbind({ dev }) : go.putAttachment({ dev, hwpt }, { dev }),
  {
    putAttachment: { calls: putAttachment, then: ({ dev }, { go }) => go.unbind({ dev }) },
    unbind: { calls: unbind, then: () => ret() },
  },
)
