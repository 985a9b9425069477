import { always, betweenCalls } from './property.ts'
import { kernel } from './sources.ts'

export const waitCountsHolders = always('wait-counts-holders', {
  says: 'Between calls, wait_cnt is 1, and 2 for a device with a VDEVICE.',
  source: [kernel('iommufd_object_dec_wait'), kernel('iommufd_vdevice_alloc_ioctl')],
  where: betweenCalls,
  holds: ({ objects }) =>
    objects.every(
      (o) =>
        !o.in('live') || o.context.waitCnt === (o.is('device') && o.context.vdev !== null ? 2 : 1),
    ),
})
