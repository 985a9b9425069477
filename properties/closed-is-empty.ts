import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

type Slot = { in(state: 'free'): boolean }
const free = (o: Slot) => o.in('free')

export const closedIsEmpty = always('closed-is-empty', {
  says: 'Closing the context destroys everything in it.',
  source: [kernel('iommufd_fops_release')],
  holds: ({
    ictx,
    ioas,
    hwptPaging,
    hwptAuto,
    hwptNested,
    viommu,
    vdevice,
    device,
    selftest,
    group,
  }) =>
    ictx.only.in('open') ||
    (ioas.every(free) &&
      hwptPaging.every(free) &&
      hwptAuto.every(free) &&
      hwptNested.every(free) &&
      viommu.every(free) &&
      vdevice.every(free) &&
      device.every(free) &&
      selftest.every(free) &&
      !ictx.only.context.tombstone &&
      group.every((g) => !g.in('iommufd'))),
})
