import { assign, setup } from 'xstate'
import { about } from './about.ts'
import type { Ref } from '../checker/lifecycle.ts'
import {
  born,
  free,
  live,
  none,
  objectActions,
  objectFields,
  objectGuards,
  objectStates,
  removing,
  reserved,
  type ObjectContext,
  type ObjectEvent,
} from './object.ts'

/** What the scope fixes of a slot. */
export interface HwptPagingSort {
  /** Allocated with IOMMU_HWPT_ALLOC_NEST_PARENT. */
  readonly nestParent: boolean
  /** Made by an attach to an IOAS, and gone with the last attachment. */
  readonly auto: boolean
}

/** What it keeps. */
export interface Context extends ObjectContext, HwptPagingSort {
  /** The address space that it translates. */
  ioas: Ref<'ioas'> | null
}

type Event = ObjectEvent | { type: 'alloc'; ioas: Ref<'ioas'> }

/** A page table that iommufd fills from an IOAS; `struct iommufd_hwpt_paging`. */
export const hwptPaging = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as HwptPagingSort },
  guards: objectGuards,
  actions: { ...objectActions<Context, Event>(), forget: assign({ ...none, ioas: null }) },
}).createMachine({
  id: 'hwptPaging',
  description:
    'A page table that follows an IOAS: made by `IOMMU_HWPT_ALLOC` (`hwptPaging`), or by an attach to an IOAS (`hwptAuto`).',
  meta: about<Context>({
    kernel: 'struct iommufd_hwpt_paging',
    object: 'IOMMUFD_OBJ_HWPT_PAGING',
    fields: {
      ...objectFields,
      nestParent: 'whether it was allocated with IOMMU_HWPT_ALLOC_NEST_PARENT',
      auto: 'whether an attach to an IOAS made it; such a one goes with its last attachment',
      ioas: 'the address space it follows',
    },
  }),
  initial: 'free',
  context: ({ input }) => ({ ...none, ...input, ioas: null }),
  states: {
    free: {
      description: objectStates.free,
      on: {
        ...free,
        alloc: {
          target: 'reserved',
          actions: assign({ ...born, ioas: ({ event }) => event.ioas }),
          description: 'gets an id and names its address space',
          meta: { kernel: 'iommufd_hwpt_paging_alloc' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: reserved },
    live: { description: objectStates.live, on: live },
    removing: { description: objectStates.removing, on: removing },
  },
})
