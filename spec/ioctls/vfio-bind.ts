import { blocked, each, errno, ioctl } from '../model.ts'
import { bind, bindFails } from '../kernel/bind.ts'
import { unbindNow } from '../kernel/unbind.ts'

/** Hands a device to the context. */
export const vfioBind = ioctl(
  'VFIO_DEVICE_BIND_IOMMUFD',
  { dev: each('device') },
  {
    fails: [...bindFails, 'copy_to_user'],
    run: ({ dev }, view, call) => {
      const lock = view.devSet.of(dev)
      if (!view.ictx.only.in('open') || !lock.in('free')) return blocked()
      if (!dev.in('free')) return errno('EINVAL')
      const refused = bind(dev, view, call)
      if (refused !== null) return errno(refused)
      if (call.fails('copy_to_user')) {
        unbindNow(dev, view, call)
        return errno('EFAULT')
      }
    },
  },
  {
    kernel: 'vfio_df_ioctl_bind_iommufd',
    says: 'hands a device, and so the DMA of its group, to the context',
  },
)
