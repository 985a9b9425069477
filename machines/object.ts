import { assign, type EventObject } from 'xstate'
import { blocks, says } from '../checker/lifecycle.ts'
import { refuse } from './errno.ts'

/** What every object of an iommufd context counts; `struct iommufd_object`. */
export interface ObjectContext {
  /** `users`: 1 for the id table, and 1 for everyone who needs the object to stay. */
  users: number
  /** `wait_cnt`: 1 until somebody waits for the object to come to rest, and 1 for every call that has it in its hands. */
  wait: number
}

/** What can happen to any object. */
export type ObjectEvent =
  | { type: 'finalize' }
  | { type: 'abort' }
  | { type: 'lookup' }
  | { type: 'inc' }
  | { type: 'dec' }
  | { type: 'wake' }
  | { type: 'tryInc' }
  | { type: 'remove' }
  | { type: 'dropBias' }
  | { type: 'drain' }
  | { type: 'unlink' }
  | { type: 'kfree' }

/** The counts of an object that does not exist. */
export const none: ObjectContext = { users: 0, wait: 0 }
/** The counts that an object is born with; `_iommufd_object_alloc`. */
export const born: ObjectContext = { users: 1, wait: 1 }

/** The counts in words. */
export const objectFields = {
  users: '1 for the id table, and 1 for everyone who needs the object to stay',
  wait: 'wait_cnt: 1 until somebody waits for the object to come to rest, and 1 for every call that has it in its hands',
}
/** The states of an object in words. */
export const objectStates = {
  free: 'no object',
  reserved: 'has its id; a look-up does not find it yet',
  live: 'can be looked up',
  removing: 'has lost its id, not yet its memory',
}

type Seen = { readonly context: ObjectContext }

/** Guards over the counts. */
export const objectGuards = {
  lastUser: says('the id table is its only user', ({ context }: Seen) => context.users === 1),
  shared: says('somebody besides the id table uses it', ({ context }: Seen) => context.users > 1),
  takeable: says('nobody has waited it down', ({ context }: Seen) => context.wait > 0),
  idle: says('no call has it in its hands', ({ context }: Seen) => context.wait === 0),
  lastUserIdle: says(
    'the id table is its only user and no call has it in its hands',
    ({ context }: Seen) => context.users === 1 && context.wait === 0,
  ),
}

/** Changes of the counts, for a machine whose context is `C` and whose events are `E`. */
export const objectActions = <C extends ObjectContext, E extends EventObject>() => {
  const counts = (next: (now: ObjectContext) => Partial<ObjectContext>) =>
    assign<C, E, undefined, E, never>(({ context }) => next(context) as Partial<C>)
  return {
    lock: counts(({ users, wait }) => ({ users: users + 1, wait: wait + 1 })),
    inc: counts(({ users }) => ({ users: users + 1 })),
    dec: counts(({ users }) => ({ users: users - 1 })),
    wake: counts(({ wait }) => ({ wait: wait - 1 })),
    removed: counts(({ wait }) => ({ users: 0, wait: wait - 1 })),
    unlinked: counts(() => ({ users: 0 })),
  }
}

const hidden = {
  lookup: refuse('ENOENT', 'no live object has this id', 'iommufd_get_object'),
  remove: refuse('ENOENT', 'no live object has this id', 'iommufd_object_remove'),
} as const

/** Events of a slot without an object. */
export const free = hidden

/** Events of an object that has its id, unseen by others. */
export const reserved = {
  ...hidden,
  inc: { actions: 'inc', description: 'another user', meta: { kernel: 'refcount_inc' } },
  dec: { guard: 'shared', actions: 'dec', description: 'one user less', meta: { kernel: 'refcount_dec' } },
  finalize: { target: 'live', description: 'the object can be looked up', meta: { kernel: 'iommufd_object_finalize' } },
  abort: {
    guard: 'lastUser',
    target: 'free',
    actions: 'forget',
    description: 'the object never was; its id is free again',
    meta: { kernel: 'iommufd_object_abort' },
  },
} as const

/** Events of an object that can be looked up. */
export const live = {
  lookup: [
    {
      guard: 'takeable',
      actions: 'lock',
      description: 'a call takes it in its hands: one user more, one to wait for more',
      meta: { kernel: 'iommufd_lock_obj' },
    },
    refuse('ENOENT', 'somebody has waited until no call holds it and is about to destroy it', 'iommufd_lock_obj'),
  ],
  inc: { actions: 'inc', description: 'another user', meta: { kernel: 'refcount_inc' } },
  dec: { guard: 'shared', actions: 'dec', description: 'one user less', meta: { kernel: 'refcount_dec' } },
  wake: {
    guard: 'takeable',
    actions: 'wake',
    description: 'one less to wait for; the last wakes who waits',
    meta: { kernel: 'iommufd_put_object' },
  },
  tryInc: { actions: 'inc', description: 'another user, as the id still names this object', meta: { kernel: 'iommufd_try_inc_users' } },
  remove: [
    {
      guard: 'lastUser',
      target: 'removing',
      actions: 'removed',
      description: 'the id names nothing any more; what is left is to wait for calls that are about to let go',
      meta: { kernel: 'iommufd_object_remove' },
    },
    refuse('EBUSY', 'somebody besides the id table uses it', 'iommufd_object_remove'),
  ],
  dropBias: {
    guard: 'takeable',
    actions: 'wake',
    description: 'begins to wait: nothing stands between the count and zero but who holds the object',
    meta: { kernel: 'iommufd_object_dec_wait' },
  },
  drain: [
    { guard: 'idle', description: 'nobody is left to wait for', meta: { kernel: 'iommufd_object_dec_wait' } },
    blocks('sleeps until no call has it in its hands', 'iommufd_object_dec_wait'),
  ],
  unlink: {
    guard: 'lastUserIdle',
    target: 'removing',
    actions: 'unlinked',
    description: 'the id names nothing any more, after the wait',
    meta: { kernel: 'iommufd_object_remove' },
  },
} as const

/** Events of an object that has lost its id and not yet its memory. */
export const removing = {
  ...hidden,
  tryInc: refuse('EBUSY', 'the id names another object or none', 'iommufd_try_inc_users'),
  wake: {
    guard: 'takeable',
    actions: 'wake',
    description: 'one less to wait for; the last wakes who waits',
    meta: { kernel: 'iommufd_put_object' },
  },
  drain: [
    { guard: 'idle', description: 'nobody is left to wait for', meta: { kernel: 'iommufd_object_dec_wait' } },
    blocks('sleeps until no call has it in its hands', 'iommufd_object_dec_wait'),
  ],
  kfree: {
    guard: 'idle',
    target: 'free',
    actions: 'forget',
    description: 'the memory is given back',
    meta: { kernel: 'iommufd_object_remove' },
  },
} as const
