import { stepProperty } from './property.ts'
import { uapi } from './sources.ts'

export const tombstoneUntilClose = stepProperty('tombstone-until-close', {
  says: 'A tombstone lasts until the context is closed.',
  source: [uapi('IOMMU_VDEVICE_ALLOC')],
  holds: ({ before, after }) =>
    !before.ictx.only.context.tombstone ||
    after.ictx.only.context.tombstone ||
    after.ictx.only.in('closed'),
})
