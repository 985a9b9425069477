import { any, failing, owned } from '../errnos.ts'
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
    errnos: { EINVAL: any, EPERM: owned, ENOMEM: failing, EFAULT: failing },
    leftOut: [
      { errno: 'ENODEV', why: 'every device of the model has a group' },
      { errno: 'EACCES', why: 'the token of a virtual function is not modelled' },
      { errno: 'EBADF', why: 'descriptors other than the one context are not modelled' },
      {
        errno: 'EBUSY',
        why: 'VFIO containers, which keep the group open (`vfio_device_block_group`), and devices under reset are not modelled',
      },
      {
        errno: 'EPERM',
        why: 'of unsafe interrupts: isolation of MSIs is not modelled; the other EPERM, of another owner, is',
      },
      {
        errno: 'EINVAL',
        why: 'of devices without cache coherency or with direct mappings: there are none; the other EINVAL, of a bound device, is modelled',
      },
      {
        errno: 'others',
        why: "the VFIO driver's `open_device`, after which the device is unbound, does not fail",
      },
    ],
    says: 'hands a device, and so the DMA of its group, to the context',
  },
)
