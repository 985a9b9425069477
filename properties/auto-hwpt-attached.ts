import { always, betweenCalls } from './property.ts'
import { kernel } from './sources.ts'

export const autoHwptAttached = always('auto-hwpt-attached', {
  says: 'Where calls do not overlap, no automatic HWPT exists that nothing is attached to.',
  source: [kernel('iommufd_hw_pagetable_put')],
  where: betweenCalls,
  holds: ({ hwptAuto, igroup }) =>
    hwptAuto.every((h) => h.in('free') || igroup.some((g) => g.context.hwpt === h)),
})
