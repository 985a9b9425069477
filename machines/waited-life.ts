import { says } from '../checker/lifecycle.ts'
import { refuse } from './errno.ts'
import { drain, live, objectGuards, type ObjectContext, type ObjectEvent } from './object-life.ts'

/**
 * What can happen to an object that the kernel itself destroys, once no call holds it;
 * `REMOVE_WAIT`.
 */
export type WaitedEvent = ObjectEvent | { type: 'dropBias' } | { type: 'unlink' }

/** Guards over the counts of such an object. */
export const waitedGuards = {
  ...objectGuards,
  lastUserIdle: says(
    'only the xarray holds it (`users` is 1), and wait_cnt is 0',
    ({ context }: { readonly context: ObjectContext }) =>
      context.users === 1 && context.waitCnt === 0,
  ),
}

// When the context goes, these go with what made them, or have gone before.
const { release: _, ...own } = live

/** Events of such an object while it can be looked up. */
export const waitedLive = {
  ...own,
  lookup: [
    live.lookup,
    refuse('ENOENT', 'wait_cnt is 0: it is about to be destroyed', 'iommufd_lock_obj'),
  ],
  dropBias: {
    guard: 'waitable',
    actions: 'wake',
    description: 'wait_cnt − 1, its bias: what is left are those who hold it',
    meta: { kernel: 'iommufd_object_dec_wait' },
  },
  drain,
  unlink: {
    guard: 'lastUserIdle',
    target: 'removing',
    actions: 'unlinked',
    description: 'look-ups do not find it any more; `users` is 0',
    meta: { kernel: 'iommufd_object_remove' },
  },
} as const
