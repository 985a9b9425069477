import { blocked, each, errno, ioctl } from '../model.ts'
import { abort } from '../kernel/call.ts'
import { claimDmaOwner } from '../kernel/dma-owner.ts'
import { hold } from '../kernel/object.ts'
import { unbindNow } from '../kernel/unbind.ts'

/** Hands a device to the context. */
export const vfioBind = ioctl(
  'VFIO_DEVICE_BIND_IOMMUFD',
  { dev: each('device') },
  {
    fails: ['_iommufd_object_alloc', 'iommufd_get_group', 'copy_to_user'],
    run: ({ dev }, view, call) => {
      const lock = view.devSet.of(dev)
      if (!view.ictx.only.in('open') || !lock.in('free')) return blocked()
      if (!dev.in('free')) return errno('EINVAL')
      if (call.fails('_iommufd_object_alloc')) return errno('ENOMEM')
      dev.send({ type: 'alloc' })
      call.ids.take(dev)
      if (call.fails('iommufd_get_group')) {
        abort(dev, call)
        return errno('ENOMEM')
      }
      const refused = claimDmaOwner(view, dev.context.group, 'claim')
      if (refused !== null) {
        abort(dev, call)
        return errno(refused)
      }
      hold(dev)
      dev.send({ type: 'finalize' })
      if (call.fails('copy_to_user')) {
        unbindNow(dev, view, call)
        return errno('EFAULT')
      }
    },
  },
  { kernel: 'iommufd_device_bind', says: 'hands a device, and so the DMA of its group, to the context' },
)
