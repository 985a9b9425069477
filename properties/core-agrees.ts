import { always } from './property.ts'
import { kernel } from './sources.ts'

export const coreAgrees = always('core-agrees', {
  says: 'The core has a group attached, handle and domain, to what iommufd has it attached to.',
  source: [kernel('iommu_attach_group_handle'), kernel('iommu_detach_group_handle')],
  holds: ({ group, igroup }) =>
    group.every((g) => {
      const { hwpt } = igroup.of(g).context
      return hwpt === null ? !g.context.handle : g.context.handle && g.context.domain === hwpt
    }),
})
