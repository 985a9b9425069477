import { assign } from 'xstate'
import { refuse } from './errno.ts'
import { ref } from './fields.ts'
import { waitedObject } from './object.ts'
import { waitedLive } from './waited-life.ts'

const erase = {
  actions: 'unknown',
  description: 'its vIOMMU does not know it any more; the device stays held',
  meta: { kernel: 'iommufd_vdevice_abort' },
} as const

/**
 * A device as a guest sees it behind a vIOMMU; `struct iommufd_vdevice`. A tombstone keeps its id
 * reserved; the object is freed.
 */
export const vdevice = waitedObject('vdevice', {
  is: 'A device as a guest sees it behind a vIOMMU. A tombstone keeps its id reserved until the context is closed; the object is freed.',
  kernel: 'struct iommufd_vdevice',
  uapi: 'IOMMUFD_OBJ_VDEVICE',
  keeps: {
    viommu: ref('viommu', 'the vIOMMU that knows the device'),
    device: ref('device', 'the device, held by `users` and by wait_cnt'),
    virtId: ref('virtId', 'the number by which the guest knows the device'),
  },
  alloc: {
    kernel: 'iommufd_vdevice_alloc_ioctl',
    says: 'gets an id and names its vIOMMU, its device and its virtual id',
  },
  events: {} as { type: 'erase' } | { type: 'tryInc' },
  actions: { unknown: assign({ viommu: null, virtId: null }) },
  on: {
    reserved: { erase },
    live: {
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
    removing: {
      erase,
      tryInc: refuse('EBUSY', 'the id does not name this object any more', 'iommufd_try_inc_users'),
    },
  },
})
