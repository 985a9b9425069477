import { always, ofMockDevices } from './property.ts'
import { kernel } from './sources.ts'

export const mockDeviceHasSelftest = always('mock-device-has-selftest', {
  says: 'A mock device exists exactly as long as its test object.',
  source: [kernel('iommufd_test_mock_domain'), kernel('iommufd_selftest_destroy')],
  where: ofMockDevices,
  holds: ({ device, selftest }) => device.every((d) => d.in('free') === selftest.of(d).in('free')),
})
