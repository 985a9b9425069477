import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

type Counted = {
  in(state: 'reserved' | 'live'): boolean
  readonly context: { readonly users: number }
}
const counted = (o: Counted) => (o.in('reserved') || o.in('live')) === o.context.users > 0

export const liveHasUsers = always('live-has-users', {
  says: 'An object has users exactly while it has an id.',
  source: [kernel('iommufd_object_remove')],
  holds: ({ ioas, hwptPaging, hwptAuto, hwptNested, viommu, vdevice, device, selftest }) =>
    ioas.every(counted) &&
    hwptPaging.every(counted) &&
    hwptAuto.every(counted) &&
    hwptNested.every(counted) &&
    viommu.every(counted) &&
    vdevice.every(counted) &&
    selftest.every(counted) &&
    device.every(counted),
})
