import { liveOrNull } from './live-or-null.ts'
import { always } from './property.ts'
import { kernel } from './sources.ts'

export const attachedHwptLives = always('attached-hwpt-lives', {
  says: 'An HWPT lives as long as a group is attached to it.',
  source: [kernel('iommufd_hw_pagetable_attach')],
  holds: ({ igroup }) => igroup.every((g) => liveOrNull(g.context.hwpt)),
})
