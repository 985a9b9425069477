import { always, betweenCalls } from './property.ts'
import { kernel } from './sources.ts'

export const waitAtMostUsers = always('wait-at-most-users', {
  says: 'Between calls, wait_cnt is no more than users.',
  source: [kernel('iommufd_lock_obj'), kernel('iommufd_put_object')],
  where: betweenCalls,
  holds: ({ objects }) =>
    objects.every((o) => !o.in('live') || o.context.waitCnt <= o.context.users),
})
