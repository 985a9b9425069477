import { assign, setup } from 'xstate'

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
  initial: 'closed',
  context: { tombstone: false },
  states: {
    closed: { on: { open: { target: 'open', description: 'an empty id table', meta: { kernel: 'iommufd_fops_open' } } } },
    open: {
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
