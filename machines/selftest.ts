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
  /** The mock device that it has made and bound; `sobj->idev`. */
  device: Ref<'device'> | null
}

type Event = ObjectEvent | { type: 'alloc'; device: Ref<'device'> }

/**
 * The kernel's test object behind a mock device, which lives and dies with it; `struct
 * selftest_obj`.
 */
export const selftest = setup({
  types: { context: {} as Context, events: {} as Event },
  guards: objectGuards,
  actions: { ...objectActions<Context, Event>(), forget: assign({ ...none, device: null }) },
}).createMachine({
  id: 'selftest',
  description: "The kernel's test object behind a mock device, which lives and dies with it.",
  meta: about<Context>({
    kernel: 'struct selftest_obj',
    object: 'IOMMUFD_OBJ_SELFTEST',
    fields: { ...objectFields, device: 'the mock device that it has made and bound' },
  }),
  initial: 'free',
  context: { ...none, device: null },
  states: {
    free: {
      description: objectStates.free,
      on: {
        ...free,
        alloc: {
          target: 'reserved',
          actions: assign({ ...born, device: ({ event }) => event.device }),
          description: 'gets an id and names the mock device that it is going to make',
          meta: { kernel: 'iommufd_test_mock_domain' },
        },
      },
    },
    reserved: { description: objectStates.reserved, on: reserved },
    live: { description: objectStates.live, on: live },
    removing: { description: objectStates.removing, on: removing },
  },
})
