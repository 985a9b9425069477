import { always } from './property.ts'
import { kernel } from './sources.ts'

export const oneOwner = always('one-owner', {
  says: 'The owner_cnt of a group is the number of its devices that are bound to the context, where the context owns it.',
  source: [kernel('iommu_device_claim_dma_owner')],
  holds: ({ group, device }) =>
    group.every(
      (g) =>
        device.count((d) => d.context.group === g && !d.in('free')) ===
        (g.in('iommufd') ? g.context.count : 0),
    ),
})
