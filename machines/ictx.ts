import { assign, setup } from 'xstate'
import { about } from './about.ts'

/** A context: one open of /dev/iommu; `struct iommufd_ctx`. */
export const ictx = setup({
  types: {
    context: {} as {
      /** Some id is a tombstone: taken, and naming nothing. */
      tombstone: boolean
    },
    events: {} as { type: 'open' } | { type: 'tombstone' } | { type: 'release' },
  },
}).createMachine({
  id: 'ictx',
  description: 'A context: one open of /dev/iommu.',
  meta: about<{ tombstone: boolean }>({
    kernel: 'struct iommufd_ctx',
    fields: { tombstone: 'whether some id is a tombstone: taken, and naming nothing' },
  }),
  initial: 'closed',
  context: { tombstone: false },
  states: {
    closed: {
      description: 'not open',
      on: {
        open: {
          target: 'open',
          description: 'an empty xarray',
          meta: { kernel: 'iommufd_fops_open' },
        },
      },
    },
    open: {
      description: 'has an xarray of objects',
      on: {
        tombstone: {
          actions: assign({ tombstone: true }),
          description: 'an id stays taken until the context is closed',
          meta: { kernel: 'iommufd_object_remove' },
        },
        release: {
          target: 'closed',
          actions: assign({ tombstone: false }),
          description: 'all ids are gone, tombstones too',
          meta: { kernel: 'iommufd_fops_release' },
        },
      },
    },
  },
})
