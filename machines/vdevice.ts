import { assign, setup } from 'xstate'
import { about } from './about.ts'
import type { Ref } from '../checker/lifecycle.ts'
import {
  born,
  free,
  none,
  objectActions,
  objectFields,
  objectStates,
  removing,
  reserved,
  type ObjectContext,
} from './object.ts'
import { refuse } from './errno.ts'
import { waitedGuards, waitedLive, type WaitedEvent } from './waited-object.ts'

/** What a virtual device binds together. */
export interface Binding {
  /** The vIOMMU that knows the device. */
  viommu: Ref<'viommu'>
  /** The device, held by users and by wait_cnt. */
  device: Ref<'device'>
  /** The number by which the guest knows the device. */
  virtId: Ref<'virtId'>
}

/** What it keeps. */
export type Context = ObjectContext & { [F in keyof Binding]: Binding[F] | null }

type Event = WaitedEvent | ({ type: 'alloc' } & Binding) | { type: 'erase' } | { type: 'tryInc' }

const erase = {
  actions: 'unknown',
  description: 'its vIOMMU does not know it any more; the device stays held',
  meta: { kernel: 'iommufd_vdevice_abort' },
} as const

/**
 * A device as a guest sees it behind a vIOMMU; `struct iommufd_vdevice`. A tombstone keeps its id
 * reserved; the object is freed.
 */
export const vdevice = setup({
  types: { context: {} as Context, events: {} as Event },
  guards: waitedGuards,
  actions: {
    ...objectActions<Context, Event>(),
    unknown: assign({ viommu: null, virtId: null }),
    forget: assign({ ...none, viommu: null, device: null, virtId: null }),
  },
}).createMachine({
  id: 'vdevice',
  description:
    'A device as a guest sees it behind a vIOMMU. A tombstone keeps its id reserved until the context is closed; the object is freed.',
  meta: about<Context>({
    kernel: 'struct iommufd_vdevice',
    object: 'IOMMUFD_OBJ_VDEVICE',
    fields: {
      ...objectFields,
      viommu: 'the vIOMMU that knows the device',
      device: 'the device, held by `users` and by wait_cnt',
      virtId: 'the number by which the guest knows the device',
    },
  }),
  initial: 'free',
  context: { ...none, viommu: null, device: null, virtId: null },
  states: {
    free: {
      description: objectStates.free,
      on: {
        ...free,
        alloc: {
          target: 'reserved',
          actions: assign({
            ...born,
            viommu: ({ event }) => event.viommu,
            device: ({ event }) => event.device,
            virtId: ({ event }) => event.virtId,
          }),
          description: 'gets an id and names its vIOMMU, its device and its virtual id',
          meta: { kernel: 'iommufd_vdevice_alloc_ioctl' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: { ...reserved, erase } },
    live: {
      description: objectStates.live,
      on: {
        ...waitedLive,
        unlink: {
          ...waitedLive.unlink,
          description:
            'look-ups do not find it any more; `users` is 0; its id stays taken, a tombstone',
        },
        tryInc: {
          actions: 'inc',
          description: '`users` + 1, as the id still names this object',
          meta: { kernel: 'iommufd_try_inc_users' },
        },
      },
    },
    removing: {
      description: objectStates.removing,
      on: {
        ...removing,
        erase,
        tryInc: refuse(
          'EBUSY',
          'the id does not name this object any more',
          'iommufd_try_inc_users',
        ),
      },
    },
  },
})
