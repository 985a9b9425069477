import { always, throughVfio } from './property.ts'
import { kernel } from './sources.ts'

export const kernelDriverAlone = always('kernel-driver-alone', {
  says: 'A kernel driver does DMA only through the default domain of a group that user space does not own.',
  source: [kernel('iommu_device_use_default_domain')],
  where: throughVfio,
  holds: ({ group, device }) =>
    group.every(
      (g) =>
        !g.in('kernel') ||
        (g.context.domain === 'default' &&
          device.every((d) => d.context.group !== g || d.in('free'))),
    ),
})
