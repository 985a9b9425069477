import { always, ofMockDevices } from './property.ts'
import { kernel } from './sources.ts'

export const mockDeviceAttached = always('mock-device-attached', {
  says: 'A mock device whose test object can be named is bound and attached.',
  source: [kernel('iommufd_test_mock_domain'), kernel('iommufd_selftest_destroy')],
  where: ofMockDevices,
  holds: ({ selftest }) =>
    selftest.every(
      (s) =>
        !s.in('live') ||
        (s.context.device !== null &&
          s.context.device.in('live') &&
          s.context.device.context.attached),
    ),
})
