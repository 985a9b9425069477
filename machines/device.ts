import { assign } from 'xstate'
import { says, type Ref } from '../checker/lifecycle.ts'
import { fixed, later } from './fields.ts'
import { objectFields } from './object-life.ts'
import { waitedObject } from './object.ts'

type Event =
  | { type: 'attach' }
  | { type: 'detach' }
  | { type: 'destroying' }
  | { type: 'setVdev'; vdev: Ref<'vdevice'> }
  | { type: 'clearVdev' }

type Attached = { readonly context: { readonly attached: boolean } }
type Known = { readonly context: { readonly vdev: Ref<'vdevice'> | null } }

/**
 * A device bound to the context, through VFIO or by a test object; `struct iommufd_device`. Its
 * slot is the device itself, free while it is not bound.
 */
export const device = waitedObject('device', {
  is: 'A device bound to the context. Its slot is the device itself, free while it is not bound.',
  kernel: 'struct iommufd_device',
  uapi: 'IOMMUFD_OBJ_DEVICE',
  keeps: {
    group: fixed<Ref<'group'>>('its iommu_group'),
    vdev: later<Ref<'vdevice'> | null>(null, 'its VDEVICE; one at most'),
    attached: later<boolean>(false, 'whether it is in device_array of the attachment of its group'),
    destroying: later<boolean>(
      false,
      'whether an unbind waits for wait_cnt: no VDEVICE may be made for it any more',
    ),
  },
  counts: { waitCnt: `${objectFields.waitCnt}, and 1 for its VDEVICE` },
  states: { free: 'not bound', live: 'bound; can be looked up' },
  alloc: { kernel: 'iommufd_device_bind', says: 'gets an id' },
  events: {} as Event,
  guards: {
    detached: says('its RID is not attached', ({ context }: Attached) => !context.attached),
    attached: says('its RID is attached', ({ context }: Attached) => context.attached),
    bare: says('it has no VDEVICE', ({ context }: Known) => context.vdev === null),
  },
  on: {
    live: {
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
})
