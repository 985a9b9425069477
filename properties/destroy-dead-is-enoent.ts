import { destroy } from '../spec/ioctls/destroy.ts'
import { stepProperty } from './property.ts'
import { kernel } from './sources.ts'

export const destroyDeadIsEnoent = stepProperty('destroy-dead-is-enoent', {
  says: 'IOMMU_DESTROY of an id that names nothing is ENOENT, and of one that names something never.',
  source: [kernel('iommufd_object_remove')],
  on: [destroy],
  holds: ({ args: { obj }, outcome }) =>
    obj === undefined || (outcome === 'ENOENT') === !obj.in('live'),
})
