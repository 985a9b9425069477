import { assign, type EventObject } from 'xstate'
import { blocks, says } from '../checker/lifecycle.ts'
import { refuse } from './errno.ts'

/** What every object of an iommufd context counts; `struct iommufd_object`. */
export interface ObjectContext {
  /** `users`: 1 for the xarray, and 1 for everyone who needs the object to stay. */
  users: number
  /**
   * `wait_cnt`: 1 until somebody waits for it to drop to 0, and 1 for every call that holds the
   * object.
   */
  waitCnt: number
}

/** What can happen to any object. */
export type ObjectEvent =
  | { type: 'finalize' }
  | { type: 'abort' }
  | { type: 'lookup' }
  | { type: 'inc' }
  | { type: 'dec' }
  | { type: 'wake' }
  | { type: 'remove' }
  | { type: 'release' }
  | { type: 'drain' }
  | { type: 'kfree' }

/** The counts of an object that does not exist. */
export const none: ObjectContext = { users: 0, waitCnt: 0 }
/** The counts that an object is born with; `_iommufd_object_alloc`. */
export const born: ObjectContext = { users: 1, waitCnt: 1 }

/** The counts in words. */
export const objectFields = {
  users: '1 for the xarray, and 1 for everyone who needs the object to stay',
  waitCnt:
    'wait_cnt: 1 until somebody waits for it to drop to 0, and 1 for every call that holds the object',
}
/** The states of an object in words. */
export const objectStates = {
  free: 'no object',
  reserved: 'has its id; a look-up does not find it yet',
  live: 'can be looked up',
  removing: 'not found by look-ups any more, not yet freed',
}

type Seen = { readonly context: ObjectContext }

/** Guards over the counts. */
export const objectGuards = {
  lastUser: says(
    'only the xarray holds it (`users` is 1)',
    ({ context }: Seen) => context.users === 1,
  ),
  shared: says('`users` is more than 1', ({ context }: Seen) => context.users > 1),
  waitable: says('wait_cnt is not 0', ({ context }: Seen) => context.waitCnt > 0),
  idle: says('wait_cnt is 0', ({ context }: Seen) => context.waitCnt === 0),
}

/** Changes of the counts, for a machine whose context is `C` and whose events are `E`. */
export const objectActions = <C extends ObjectContext, E extends EventObject>() => {
  const counts = (next: (now: ObjectContext) => Partial<ObjectContext>) =>
    assign<C, E, undefined, E, never>(({ context }) => next(context) as Partial<C>)
  return {
    lock: counts(({ users, waitCnt }) => ({ users: users + 1, waitCnt: waitCnt + 1 })),
    inc: counts(({ users }) => ({ users: users + 1 })),
    dec: counts(({ users }) => ({ users: users - 1 })),
    wake: counts(({ waitCnt }) => ({ waitCnt: waitCnt - 1 })),
    removed: counts(({ waitCnt }) => ({ users: 0, waitCnt: waitCnt - 1 })),
    unlinked: counts(() => ({ users: 0 })),
    released: counts(() => ({ users: 0, waitCnt: 0 })),
  }
}

const hidden = {
  lookup: refuse('ENOENT', 'no live object has this id', 'iommufd_get_object'),
  remove: refuse('ENOENT', 'no live object has this id', 'iommufd_object_remove'),
} as const
const inc = {
  actions: 'inc',
  description: '`users` + 1',
  meta: { kernel: 'refcount_inc' },
} as const
const dec = {
  guard: 'shared',
  actions: 'dec',
  description: '`users` − 1',
  meta: { kernel: 'refcount_dec' },
} as const
const wake = {
  guard: 'waitable',
  actions: 'wake',
  description: 'wait_cnt − 1; at 0 whoever waits is woken',
  meta: { kernel: 'iommufd_put_object' },
} as const

/** Sleeps until no call holds the object. */
export const drain = [
  {
    guard: 'idle',
    description: 'goes on: nobody is left to wait for',
    meta: { kernel: 'iommufd_object_dec_wait' },
  },
  blocks('sleeps until wait_cnt is 0', 'iommufd_object_dec_wait'),
] as const

/** Events of a slot without an object. */
export const free = hidden

/** Events of an object that has its id, unseen by others. */
export const reserved = {
  ...hidden,
  inc,
  dec,
  finalize: {
    target: 'live',
    description: 'the object can be looked up',
    meta: { kernel: 'iommufd_object_finalize' },
  },
  abort: {
    guard: 'lastUser',
    target: 'free',
    actions: 'forget',
    description: 'freed; its id can be used again',
    meta: { kernel: 'iommufd_object_abort' },
  },
} as const

/** Events of an object that can be looked up. */
export const live = {
  lookup: {
    guard: 'waitable',
    actions: 'lock',
    description: 'a call holds it: `users` + 1, wait_cnt + 1',
    meta: { kernel: 'iommufd_lock_obj' },
  },
  inc,
  dec,
  wake,
  remove: [
    {
      guard: 'lastUser',
      target: 'removing',
      actions: 'removed',
      description: 'look-ups do not find it any more; `users` is 0, wait_cnt − 1',
      meta: { kernel: 'iommufd_object_remove' },
    },
    refuse(
      'EBUSY',
      '`users` is not 1: something besides the xarray holds it',
      'iommufd_object_remove',
    ),
  ],
  release: {
    guard: 'lastUser',
    target: 'removing',
    actions: 'released',
    description: 'goes with the context; nobody can wait for it',
    meta: { kernel: 'iommufd_fops_release' },
  },
} as const

/** Events of an object that has lost its id and not yet its memory. */
export const removing = {
  ...hidden,
  wake,
  drain,
  kfree: {
    guard: 'idle',
    target: 'free',
    actions: 'forget',
    description: 'freed',
    meta: { kernel: 'iommufd_object_remove' },
  },
} as const
