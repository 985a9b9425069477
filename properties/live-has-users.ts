import { always } from './property.ts'
import { kernel } from './sources.ts'

export const liveHasUsers = always('live-has-users', {
  says: 'An object has users exactly while it has an id.',
  source: [kernel('iommufd_object_remove')],
  holds: ({ objects }) =>
    objects.every((o) => (o.in('reserved') || o.in('live')) === o.context.users > 0),
})
