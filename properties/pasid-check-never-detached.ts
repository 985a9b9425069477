import { pasidCheckDetached } from '../spec/ioctls/test-cmd/pasid-check-hwpt.ts'
import { ofMockDevices, stepProperty } from './property.ts'
import { kernel } from './sources.ts'

export const pasidCheckNeverDetached = stepProperty('pasid-check-never-detached', {
  says: 'PASID_CHECK_HWPT never finds the RID of a mock device detached.',
  source: [kernel('iommufd_test_mock_domain'), kernel('iommufd_test_pasid_check_hwpt')],
  where: ofMockDevices,
  on: [pasidCheckDetached],
  holds: ({ outcome }) => outcome !== 'ok',
})
