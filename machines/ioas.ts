import { assign, setup } from 'xstate'
import { about } from './about.ts'
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

type Event = ObjectEvent | { type: 'alloc' }

/**
 * An I/O address space: what is mapped where; `struct iommufd_ioas`. Its maps are no part of its
 * lifecycle.
 */
export const ioas = setup({
  types: { context: {} as ObjectContext, events: {} as Event },
  guards: objectGuards,
  actions: { ...objectActions<ObjectContext, Event>(), forget: assign(none) },
}).createMachine({
  id: 'ioas',
  description: 'An I/O address space: what is mapped where. Its maps are no part of its lifecycle.',
  meta: about<ObjectContext>({
    kernel: 'struct iommufd_ioas',
    object: 'IOMMUFD_OBJ_IOAS',
    fields: { ...objectFields },
  }),
  initial: 'free',
  context: none,
  states: {
    free: {
      description: objectStates.free,
      on: {
        ...free,
        alloc: {
          target: 'reserved',
          actions: assign(born),
          description: 'gets an id',
          meta: { kernel: 'iommufd_ioas_alloc' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: reserved },
    live: { description: objectStates.live, on: live },
    removing: { description: objectStates.removing, on: removing },
  },
})
