import { stepProperty } from '../spec/model.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { kernel } from './sources.ts'

export const failedLeavesNoTrace = stepProperty('failed-leaves-no-trace', {
  says: 'A call that fails leaves everything as it was; an ATTACH whose answer cannot be written (EFAULT) is the exception.',
  source: [kernel('iommufd_object_abort_and_destroy'), kernel('vfio_df_ioctl_attach_pt')],
  whole: true,
  holds: ({ action, outcome, changed }) => outcome === 'ok' || !changed || (action === vfioAttach.name && outcome === 'EFAULT'),
})
