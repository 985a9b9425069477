import { destroy } from '../spec/ioctls/destroy.ts'
import { stepProperty } from './property.ts'
import { kernel, uapi } from './sources.ts'

export const destroyBusyChangesNothing = stepProperty('destroy-busy-changes-nothing', {
  says: 'IOMMU_DESTROY of an object that somebody uses is EBUSY and changes nothing.',
  source: [uapi('IOMMU_DESTROY'), kernel('iommufd_object_remove')],
  on: [destroy],
  holds: ({ args: { obj }, outcome, changed }) => {
    if (obj === undefined) return true
    if (outcome === 'EBUSY') return !changed
    return outcome === 'ENOENT' || !obj.in('live') || obj.context.users === 1
  },
})
