import { stepProperty } from '../spec/model.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { kernel } from './sources.ts'

export const attachEfaultDetaches = stepProperty('attach-efault-detaches', {
  says: 'An ATTACH whose answer cannot be written leaves the device detached, even one that was attached before.',
  source: [kernel('vfio_df_ioctl_attach_pt')],
  on: [vfioAttach],
  whole: true,
  holds: ({ args: { dev }, outcome, after }) =>
    outcome !== 'EFAULT' || !after.at(dev).context.attached,
})
