import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

type Counted = {
  in(state: 'live'): boolean
  readonly context: { readonly users: number; readonly waitCnt: number }
}
const ordered = (o: Counted) => !o.in('live') || o.context.waitCnt <= o.context.users

export const waitAtMostUsers = always('wait-at-most-users', {
  says: 'Between calls, wait_cnt is no more than users.',
  source: [kernel('iommufd_lock_obj'), kernel('iommufd_put_object')],
  holds: ({ ioas, hwptPaging, hwptAuto, hwptNested, viommu, vdevice, device, selftest }) =>
    ioas.every(ordered) &&
    hwptPaging.every(ordered) &&
    hwptAuto.every(ordered) &&
    hwptNested.every(ordered) &&
    viommu.every(ordered) &&
    vdevice.every(ordered) &&
    selftest.every(ordered) &&
    device.every(ordered),
})
