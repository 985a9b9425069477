import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

type Counted = { in(state: 'live'): boolean; readonly context: { readonly waitCnt: number } }
const biased = (o: Counted) => !o.in('live') || o.context.waitCnt === 1

export const waitCountsHolders = always('wait-counts-holders', {
  says: 'Between calls, wait_cnt is 1, and 2 for a device with a VDEVICE.',
  source: [kernel('iommufd_object_dec_wait'), kernel('iommufd_vdevice_alloc_ioctl')],
  holds: ({ ioas, hwptPaging, hwptAuto, hwptNested, viommu, vdevice, device, selftest }) =>
    ioas.every(biased) &&
    hwptPaging.every(biased) &&
    hwptAuto.every(biased) &&
    hwptNested.every(biased) &&
    viommu.every(biased) &&
    vdevice.every(biased) &&
    selftest.every(biased) &&
    device.every((d) => !d.in('live') || d.context.waitCnt === (d.context.vdev === null ? 1 : 2)),
})
