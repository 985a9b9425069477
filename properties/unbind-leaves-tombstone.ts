import { stepProperty } from '../spec/model.ts'
import { vfioClose } from '../spec/ioctls/vfio-close.ts'
import { uapi } from './sources.ts'

export const unbindLeavesTombstone = stepProperty('unbind-leaves-tombstone', {
  says: 'Closing a device that has a VDEVICE leaves the id of the VDEVICE taken.',
  source: [uapi('IOMMU_VDEVICE_ALLOC')],
  on: [vfioClose],
  whole: true,
  holds: ({ args: { dev }, outcome, after }) => outcome !== 'ok' || dev.context.vdev === null || after.ictx.only.context.tombstone,
})
