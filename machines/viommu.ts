import { assign, setup } from 'xstate'
import type { Ref } from '../checker/lifecycle.ts'
import { born, free, live, none, objectActions, objectGuards, removing, reserved, type ObjectContext, type ObjectEvent } from './object.ts'

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
  initial: 'free',
  context: { ...none, hwpt: null },
  states: {
    free: {
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
    reserved: { on: reserved },
    live: { on: live },
    removing: { on: removing },
  },
})
