import { always } from './property.ts'
import { kernel } from './sources.ts'

export const closedIsEmpty = always('closed-is-empty', {
  says: 'Closing the context destroys everything in it.',
  source: [kernel('iommufd_fops_release')],
  holds: ({ ictx, objects, group }) =>
    ictx.only.in('open') ||
    (objects.every((o) => o.in('free')) &&
      !ictx.only.context.tombstone &&
      group.every((g) => !g.in('iommufd'))),
})
