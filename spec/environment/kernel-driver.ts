import { action, blocked, each } from '../model.ts'

/**
 * A kernel driver that does DMA through the DMA API binds to a function of the group. Which one
 * makes no difference to the group.
 */
export const kernelDriverBind = action(
  'kernel driver bind',
  { group: each('group') },
  ({ group }) => {
    if (group.in('kernel')) return blocked()
    group.send({ type: 'use' })
  },
  {
    kernel: 'iommu_device_use_default_domain',
    says: 'a kernel driver takes a device of the group',
  },
)

/** It unbinds again. */
export const kernelDriverUnbind = action(
  'kernel driver unbind',
  { group: each('group') },
  ({ group }) => {
    if (!group.in('kernel')) return blocked()
    group.send({ type: 'unuse' })
  },
  { kernel: 'iommu_device_unuse_default_domain', says: 'the kernel driver is gone' },
)
