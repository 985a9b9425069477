import { vfioDetach } from '../spec/ioctls/vfio-detach.ts'
import { betweenCalls, stepProperty, throughVfio, where } from './property.ts'
import { kernel } from './sources.ts'

export const detachedIsBlocked = stepProperty('detached-is-blocked', {
  says: 'DETACH succeeds, and leaves the group blocked unless another device of it is attached.',
  source: [kernel('iommufd_device_detach')],
  where: where(betweenCalls, throughVfio),
  on: [vfioDetach],
  whole: true,
  holds: ({ args: { dev }, outcome, after }) => {
    if (!dev.in('live')) return outcome === 'EINVAL'
    const now = after.at(dev)
    const { group } = now.context
    return (
      outcome === 'ok' &&
      !now.context.attached &&
      (group.context.domain === 'blocking' ||
        after.device.some((d) => d.context.group === group && d.context.attached))
    )
  },
})
