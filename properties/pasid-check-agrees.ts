import { pasidCheckHwpt } from '../spec/ioctls/test-cmd/pasid-check-hwpt.ts'
import { ofMockDevices, stepProperty } from './property.ts'
import { kernel } from './sources.ts'

export const pasidCheckAgrees = stepProperty('pasid-check-agrees', {
  says: 'PASID_CHECK_HWPT succeeds exactly for the HWPT that the context has the mock device attached to.',
  source: [kernel('iommufd_test_pasid_check_hwpt')],
  where: ofMockDevices,
  on: [pasidCheckHwpt],
  holds: ({ args: { stdev, hwpt }, outcome, before }) => {
    const { device } = stdev.context
    const attached =
      stdev.in('live') &&
      device !== null &&
      before.igroup.of(device.context.group).context.hwpt === hwpt
    return (outcome === 'ok') === attached
  },
})
