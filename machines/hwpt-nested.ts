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
export interface HwptNestedSort {
  /** The guest's stage 1 translates (S1_TRANS); else it is bypassed. */
  readonly translate: boolean
}

/** What it keeps. */
export interface Context extends ObjectContext, HwptNestedSort {
  /** The vIOMMU that it was made through, null where it was made on its parent. */
  viommu: Ref<'viommu'> | null
  /** Stage 2. Pinned by the nested HWPT itself only where there is no vIOMMU between them. */
  parent: Ref<'hwptPaging'> | null
}

type Event =
  ObjectEvent | { type: 'alloc'; viommu: Ref<'viommu'> | null; parent: Ref<'hwptPaging'> }

/** A guest's stage 1 over a nest parent; `struct iommufd_hwpt_nested`. */
export const hwptNested = setup({
  types: {
    context: {} as Context,
    events: {} as Event,
    input: {} as HwptNestedSort,
  },
  guards: objectGuards,
  actions: {
    ...objectActions<Context, Event>(),
    forget: assign({ ...none, viommu: null, parent: null }),
  },
}).createMachine({
  id: 'hwptNested',
  description: "A guest's stage 1 over a nest parent.",
  meta: about<Context>({
    kernel: 'struct iommufd_hwpt_nested',
    object: 'IOMMUFD_OBJ_HWPT_NESTED',
    fields: {
      ...objectFields,
      translate: "whether the guest's stage 1 translates or is bypassed",
      viommu: 'the vIOMMU it was made through, null where it was made on its parent',
      parent: 'stage 2; pinned by the nested HWPT itself only where no vIOMMU stands between',
    },
  }),
  initial: 'free',
  context: ({ input }) => ({ ...none, ...input, viommu: null, parent: null }),
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
            parent: ({ event }) => event.parent,
          }),
          description: 'gets an id and names its parent and its vIOMMU',
          meta: { kernel: 'iommufd_hwpt_nested_alloc, iommufd_viommu_alloc_hwpt_nested' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: reserved },
    live: { description: objectStates.live, on: live },
    removing: { description: objectStates.removing, on: removing },
  },
})
