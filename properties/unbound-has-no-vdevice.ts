import { always } from './property.ts'
import { kernel, uapi } from './sources.ts'

export const unboundHasNoVdevice = always('unbound-has-no-vdevice', {
  says: 'Once a device is unbound, no VDEVICE of it is left.',
  source: [uapi('IOMMU_VDEVICE_ALLOC'), kernel('iommufd_device_remove_vdev')],
  holds: ({ device, vdevice }) =>
    device.every(
      (d) =>
        d.in('live') || (d.context.vdev === null && vdevice.every((v) => v.context.device !== d)),
    ),
})
