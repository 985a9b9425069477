import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

type Counted = { in(state: 'live'): boolean; readonly context: { readonly users: number } }
const counted = (o: Counted) => o.in('live') === o.context.users > 0

export const liveHasUsers = always('live-has-users', {
  says: 'An object has users exactly while its id names it.',
  source: [kernel('iommufd_object_remove')],
  holds: ({ ioas, hwptPaging, hwptAuto, hwptNested, viommu, vdevice, device }) =>
    ioas.every(counted) &&
    hwptPaging.every(counted) &&
    hwptAuto.every(counted) &&
    hwptNested.every(counted) &&
    viommu.every(counted) &&
    vdevice.every(counted) &&
    device.every(counted),
})
