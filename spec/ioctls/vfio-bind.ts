import { each, errno } from '../model.ts'
import { bind, bindFails } from '../kernel/bind.ts'
import { under } from '../kernel/call.ts'
import { unbind } from '../kernel/unbind.ts'
import { iommuIoctl } from '../path.ts'

/** Hands a device to the context. */
export const vfioBind = iommuIoctl(
  'VFIO_DEVICE_BIND_IOMMUFD',
  { dev: each('device') },
  {
    fails: [...bindFails, 'copy_to_user'],
    run: ({ args: { dev }, sys, call }) => {
      const rc = under(call, 'devSet', dev, () => {
        if (!dev.in('free')) return 'EINVAL'
        const refused = bind(dev, sys, call)
        if (refused !== null || !call.fails('copy_to_user')) return refused
        call.now(unbind, { dev })
        return 'EFAULT'
      })
      if (rc !== null) return errno(rc)
    },
  },
  {
    kernel: 'vfio_df_ioctl_bind_iommufd',
    says: 'hands a device, and so the DMA of its group, to the context',
  },
)
