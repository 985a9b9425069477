import { assign, setup } from 'xstate'
import { born, free, live, none, objectActions, objectGuards, removing, reserved, type ObjectContext, type ObjectEvent } from './object.ts'

type Event = ObjectEvent | { type: 'alloc' }

/** An I/O address space: what is mapped where; `struct iommufd_ioas`. Its maps are no part of its lifecycle. */
export const ioas = setup({
  types: { context: {} as ObjectContext, events: {} as Event },
  guards: objectGuards,
  actions: { ...objectActions<ObjectContext, Event>(), forget: assign(none) },
}).createMachine({
  id: 'ioas',
  initial: 'free',
  context: none,
  states: {
    free: {
      on: {
        ...free,
        alloc: { target: 'reserved', actions: assign(born), description: 'gets an id', meta: { kernel: 'iommufd_ioas_alloc' } },
      },
    },
    reserved: { on: reserved },
    live: { on: live },
    removing: { on: removing },
  },
})
