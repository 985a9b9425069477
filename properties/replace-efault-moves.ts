import { the } from '../checker/index.ts'
import { mockDomainReplace } from '../spec/ioctls/test-cmd/mock-domain-replace.ts'
import { betweenCalls, ofMockDevices, stepProperty, where } from './property.ts'
import { kernel } from './sources.ts'

export const replaceEfaultMoves = stepProperty('replace-efault-moves', {
  says: 'A MOCK_DOMAIN_REPLACE whose answer cannot be written has moved the device all the same.',
  source: [kernel('iommufd_test_mock_domain_replace')],
  where: where(betweenCalls, ofMockDevices),
  on: [mockDomainReplace],
  whole: true,
  outcome: 'EFAULT',
  holds: ({ args: { stdev, pt }, after }) => {
    const { group } = the(stdev.context.device).context
    const { hwpt } = after.igroup.of(after.at(group)).context
    return hwpt === (pt.kind === 'ioas' ? after.hwptAuto.of(after.at(pt)) : after.at(pt))
  },
})
