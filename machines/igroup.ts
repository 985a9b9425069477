import { assign, setup } from 'xstate'
import { about } from './about.ts'
import type { Ref } from '../checker/lifecycle.ts'

type Hwpt = Ref<'hwptPaging'> | Ref<'hwptAuto'> | Ref<'hwptNested'>

/**
 * What the context knows of an iommu_group: what the RIDs of its devices are attached to; `struct
 * iommufd_group`, entry 0 of `pasid_attach`.
 */
export const igroup = setup({
  types: {
    context: {} as { hwpt: Hwpt | null },
    events: {} as
      { type: 'attach'; hwpt: Hwpt } | { type: 'replace'; hwpt: Hwpt } | { type: 'detach' },
  },
}).createMachine({
  id: 'igroup',
  description:
    'What the context knows of an iommu_group: what the RIDs of its devices are attached to.',
  meta: about<{ hwpt: Hwpt | null }>({
    kernel: 'struct iommufd_group',
    fields: { hwpt: 'entry 0 of pasid_attach: the HWPT that its attached devices share' },
  }),
  initial: 'detached',
  context: { hwpt: null },
  states: {
    detached: {
      description: 'none of its devices is attached',
      on: {
        attach: {
          target: 'attached',
          actions: assign({ hwpt: ({ event }) => event.hwpt }),
          description: 'its first device is attached',
          meta: { kernel: 'iommufd_hw_pagetable_attach' },
        },
      },
    },
    attached: {
      description: 'its attached devices share one HWPT',
      on: {
        replace: {
          actions: assign({ hwpt: ({ event }) => event.hwpt }),
          description: 'all its devices move to another HWPT',
          meta: { kernel: 'iommufd_device_do_replace' },
        },
        detach: {
          target: 'detached',
          actions: assign({ hwpt: null }),
          description: 'its last device was detached',
          meta: { kernel: 'iommufd_hw_pagetable_detach' },
        },
      },
    },
  },
})
