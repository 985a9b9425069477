import type { Action } from '../checker/index.ts'
import { destroy } from '../spec/ioctls/destroy.ts'
import { vfioClose } from '../spec/ioctls/vfio-close.ts'
import { betweenCalls, stepProperty } from './property.ts'
import { uapi } from './sources.ts'

export const unbindLeavesTombstone = stepProperty('unbind-leaves-tombstone', {
  says: 'A device that is unbound while it has a VDEVICE leaves the id of the VDEVICE taken.',
  source: [uapi('IOMMU_VDEVICE_ALLOC')],
  where: betweenCalls,
  on: [vfioClose, destroy] as readonly Action[],
  whole: true,
  holds: ({ changed, before, after }) =>
    !changed ||
    after.ictx.only.context.tombstone ||
    before.device.every((d) => d.context.vdev === null || after.at(d).in('live')),
})
