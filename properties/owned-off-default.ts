import { always } from './property.ts'
import { kernel } from './sources.ts'

export const ownedOffDefault = always('owned-off-default', {
  says: 'A group that user space owns is blocked or translates by an HWPT that it is attached to, never by the default domain.',
  source: [kernel('__iommu_take_dma_ownership'), kernel('__iommu_group_set_core_domain')],
  holds: ({ group, igroup }) =>
    group.every((g) => {
      if (g.in('unowned') || g.in('kernel')) return g.context.domain === 'default'
      return g.context.domain === 'blocking' || g.context.domain === igroup.of(g).context.hwpt
    }),
})
