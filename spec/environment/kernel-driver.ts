import { any } from '../errnos.ts'
import { blocked, each, errno, type Errno } from '../model.ts'
import { under } from '../kernel/call.ts'
import { action } from '../path.ts'

/**
 * A kernel driver that does DMA through the DMA API binds to a function of the group. Which one
 * makes no difference to the group.
 */
export const kernelDriverBind = action(
  'kernel driver bind',
  { group: each('group') },
  ({ args: { group }, call }) => {
    if (group.in('kernel')) return blocked()
    const refused = under(call, 'groupMutex', group, () => group.try({ type: 'use' }))
    if (refused !== null) return errno(refused as Errno)
  },
  {
    kernel: 'iommu_device_use_default_domain',
    says: 'a kernel driver takes a device of the group',
    errnos: { EBUSY: any },
  },
)

/** It unbinds again. */
export const kernelDriverUnbind = action(
  'kernel driver unbind',
  { group: each('group') },
  ({ args: { group }, call }) => {
    if (!group.in('kernel')) return blocked()
    under(call, 'groupMutex', group, () => group.send({ type: 'unuse' }))
  },
  { kernel: 'iommu_device_unuse_default_domain', says: 'the kernel driver is gone' },
)
