import { assign, setup } from 'xstate'
import { about } from './about.ts'
import { says, type Ref } from '../checker/lifecycle.ts'
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
import { waitedGuards, waitedLive, type WaitedEvent } from './waited-object.ts'

/** What the scope fixes of a device. */
export interface DevicePlace {
  /** The iommu_group that it is in. */
  readonly group: Ref<'group'>
}

/** What it keeps. */
export interface Context extends ObjectContext, DevicePlace {
  /** Its one VDEVICE; `idev->vdev`. */
  vdev: Ref<'vdevice'> | null
  /** Its RID is attached, as its driver and the group's device array have it. */
  attached: boolean
  /** No VDEVICE may be made for it any more; `idev->destroying`. */
  destroying: boolean
}

type Event =
  | WaitedEvent
  | { type: 'alloc' }
  | { type: 'attach' }
  | { type: 'detach' }
  | { type: 'destroying' }
  | { type: 'setVdev'; vdev: Ref<'vdevice'> }
  | { type: 'clearVdev' }

type Seen = { readonly context: Context }
const fresh = { vdev: null, attached: false, destroying: false }

/**
 * A device bound to the context, through VFIO or by a test object; `struct iommufd_device`. Its
 * slot is the device itself, free while it is not bound.
 */
export const device = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as DevicePlace },
  guards: {
    ...waitedGuards,
    detached: says('its RID is not attached', ({ context }: Seen) => !context.attached),
    attached: says('its RID is attached', ({ context }: Seen) => context.attached),
    bare: says('it has no VDEVICE', ({ context }: Seen) => context.vdev === null),
  },
  actions: {
    ...objectActions<Context, Event>(),
    forget: assign({ ...none, ...fresh }),
  },
}).createMachine({
  id: 'device',
  description:
    'A device bound to the context. Its slot is the device itself, free while it is not bound.',
  meta: about<Context>({
    kernel: 'struct iommufd_device',
    object: 'IOMMUFD_OBJ_DEVICE',
    fields: {
      ...objectFields,
      waitCnt: `${objectFields.waitCnt}, and 1 for its VDEVICE`,
      group: 'its iommu_group',
      vdev: 'its VDEVICE; one at most',
      attached: 'whether it is in device_array of the attachment of its group',
      destroying: 'whether an unbind waits for wait_cnt: no VDEVICE may be made for it any more',
    },
  }),
  initial: 'free',
  context: ({ input }) => ({ ...none, ...input, ...fresh }),
  states: {
    free: {
      description: 'not bound',
      on: {
        ...free,
        alloc: {
          target: 'reserved',
          actions: assign(born),
          description: 'gets an id',
          meta: { kernel: 'iommufd_device_bind' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: reserved },
    live: {
      description: 'bound; can be looked up',
      on: {
        ...waitedLive,
        attach: {
          guard: 'detached',
          actions: assign({ attached: true }),
          description: 'joins the attachment of its group: it is in device_array',
          meta: { kernel: 'iommufd_hw_pagetable_attach' },
        },
        detach: {
          guard: 'attached',
          actions: assign({ attached: false }),
          description:
            'leaves it; its RID stays on the domain of the group until the last device leaves',
          meta: { kernel: 'iommufd_hw_pagetable_detach' },
        },
        destroying: {
          actions: assign({ destroying: true }),
          description: 'no VDEVICE may be made for it any more',
          meta: { kernel: 'iommufd_device_remove_vdev' },
        },
        setVdev: {
          guard: 'bare',
          actions: assign({ vdev: ({ event }) => event.vdev }),
          description: 'names its VDEVICE',
          meta: { kernel: 'iommufd_vdevice_alloc_ioctl' },
        },
        clearVdev: {
          actions: assign({ vdev: null }),
          description: 'its VDEVICE is gone',
          meta: { kernel: 'iommufd_vdevice_abort' },
        },
      },
    },
    removing: { description: objectStates.removing, on: removing },
  },
})
