import { always } from './property.ts'
import { kernel } from './sources.ts'

export const oneVdevicePerVirtualId = always('one-vdevice-per-virtual-id', {
  says: 'A vIOMMU knows at most one VDEVICE by each virtual id.',
  source: [kernel('iommufd_vdevice_alloc_ioctl')],
  holds: ({ vdevice }) =>
    vdevice.every(
      (v) =>
        v.context.viommu === null ||
        vdevice.count(
          (w) => w.context.viommu === v.context.viommu && w.context.virtId === v.context.virtId,
        ) === 1,
    ),
})
