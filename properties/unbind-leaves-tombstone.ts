import { stepProperty } from '../spec/model.ts'
import { uapi } from './sources.ts'

export const unbindLeavesTombstone = stepProperty('unbind-leaves-tombstone', {
  says: 'A device that is unbound while it has a VDEVICE leaves the id of the VDEVICE taken.',
  source: [uapi('IOMMU_VDEVICE_ALLOC')],
  whole: true,
  holds: ({ before, after }) =>
    after.ictx.only.context.tombstone ||
    after.ictx.only.in('closed') ||
    before.device.every((d) => d.context.vdev === null || after.at(d).in('live')),
})
