import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

export const oneOwner = always('one-owner', {
  says: 'The context owns a group as often as it has devices of it, and owns none that somebody else has.',
  source: [kernel('iommu_device_claim_dma_owner')],
  holds: ({ group, device }) =>
    group.every((g) => device.count((d) => d.context.group === g && !d.in('free')) === (g.in('iommufd') ? g.context.count : 0)),
})
