import { mockDomainReplace } from '../spec/ioctls/test-cmd/mock-domain-replace.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { betweenCalls, stepProperty } from './property.ts'
import { kernel } from './sources.ts'

const exceptions: readonly string[] = [vfioAttach.name, mockDomainReplace.name]

export const failedLeavesNoTrace = stepProperty('failed-leaves-no-trace', {
  says: 'A call that fails leaves everything as it was, but for an ATTACH or a MOCK_DOMAIN_REPLACE whose answer cannot be written (EFAULT).',
  source: [
    kernel('iommufd_object_abort_and_destroy'),
    kernel('vfio_df_ioctl_attach_pt'),
    kernel('iommufd_test_mock_domain_replace'),
  ],
  where: betweenCalls,
  whole: true,
  holds: ({ action, outcome, changed }) =>
    outcome === 'ok' || !changed || (outcome === 'EFAULT' && exceptions.includes(action)),
})
