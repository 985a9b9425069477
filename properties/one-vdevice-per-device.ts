import { always } from './property.ts'
import { kernel } from './sources.ts'

export const oneVdevicePerDevice = always('one-vdevice-per-device', {
  says: 'A device has at most one VDEVICE that a vIOMMU knows, and names it.',
  source: [kernel('iommufd_vdevice_alloc_ioctl')],
  holds: ({ vdevice }) =>
    vdevice.every(
      (v) =>
        v.context.viommu === null ||
        v.context.device === null ||
        v.context.device.context.vdev === v,
    ),
})
