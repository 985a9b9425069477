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

/** What it keeps. */
export interface Context extends ObjectContext {
  /** The nest parent: stage 2 of everything behind this vIOMMU. */
  hwpt: Ref<'hwptPaging'> | null
}

type Event = ObjectEvent | { type: 'alloc'; hwpt: Ref<'hwptPaging'> }

/** A virtual IOMMU: one guest's slice of a physical one; `struct iommufd_viommu`. */
export const viommu = setup({
  types: { context: {} as Context, events: {} as Event },
  guards: objectGuards,
  actions: { ...objectActions<Context, Event>(), forget: assign({ ...none, hwpt: null }) },
}).createMachine({
  id: 'viommu',
  description: "A virtual IOMMU: one guest's slice of a physical one.",
  meta: about<Context>({
    kernel: 'struct iommufd_viommu',
    object: 'IOMMUFD_OBJ_VIOMMU',
    fields: { ...objectFields, hwpt: 'the nest parent: stage 2 of everything behind this vIOMMU' },
  }),
  initial: 'free',
  context: { ...none, hwpt: null },
  states: {
    free: {
      description: objectStates.free,
      on: {
        ...free,
        alloc: {
          target: 'reserved',
          actions: assign({ ...born, hwpt: ({ event }) => event.hwpt }),
          description: 'gets an id and names its nest parent',
          meta: { kernel: 'iommufd_viommu_alloc_ioctl' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: reserved },
    live: { description: objectStates.live, on: live },
    removing: { description: objectStates.removing, on: removing },
  },
})
