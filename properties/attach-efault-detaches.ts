import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { betweenCalls, stepProperty, throughVfio, where } from './property.ts'
import { kernel } from './sources.ts'

export const attachEfaultDetaches = stepProperty('attach-efault-detaches', {
  says: 'An ATTACH whose answer cannot be written leaves the device detached, even one that was attached before.',
  source: [kernel('vfio_df_ioctl_attach_pt')],
  where: where(betweenCalls, throughVfio),
  on: [vfioAttach],
  whole: true,
  holds: ({ args: { dev }, outcome, after }) =>
    outcome !== 'EFAULT' || !after.at(dev).context.attached,
})
