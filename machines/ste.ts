import { assign, setup } from 'xstate'
import { about } from './about.ts'
import type { Ref } from '../checker/lifecycle.ts'

/**
 * The stream table entry of a device, by what its configuration was made from; `struct
 * arm_smmu_ste`.
 */
export const ste = setup({
  types: {
    context: {} as {
      /** The vIOMMU whose nested domain the entry was made from. */
      viommu: Ref<'viommu'> | null
    },
    events: {} as
      | { type: 'default' }
      | { type: 'abort' }
      | { type: 's1' }
      | { type: 's2'; viommu: Ref<'viommu'> | null }
      | { type: 'nested'; viommu: Ref<'viommu'> },
  },
  actions: { unbound: assign({ viommu: null }) },
}).createMachine({
  id: 'ste',
  description: 'The stream table entry of a device, by what its configuration was made from.',
  meta: about<{ viommu: Ref<'viommu'> | null }>({
    kernel: 'struct arm_smmu_ste',
    fields: { viommu: 'the vIOMMU whose nested domain the entry was made from' },
  }),
  initial: 'default',
  context: { viommu: null },
  on: {
    default: {
      target: '.default',
      actions: 'unbound',
      description: 'the default domain: a table of the kernel, or none',
      meta: { kernel: 'arm_smmu_make_cdtable_ste' },
    },
    abort: {
      target: '.abort',
      actions: 'unbound',
      description: 'aborts all DMA',
      meta: { kernel: 'arm_smmu_make_abort_ste' },
    },
    s1: {
      target: '.s1',
      actions: 'unbound',
      description: 'stage 1 of a paging domain',
      meta: { kernel: 'arm_smmu_make_cdtable_ste' },
    },
    s2: {
      target: '.s2',
      actions: assign({ viommu: ({ event }) => event.viommu }),
      description: 'stage 2 alone: a nest parent itself, or a guest that bypasses its stage 1',
      meta: { kernel: 'arm_smmu_make_s2_domain_ste' },
    },
    nested: {
      target: '.nested',
      actions: assign({ viommu: ({ event }) => event.viommu }),
      description: "the guest's stage 1 over stage 2",
      meta: { kernel: 'arm_smmu_make_nested_cd_table_ste' },
    },
  },
  states: {
    default: { description: "the kernel's own domain" },
    abort: { description: 'all DMA is aborted' },
    s1: { description: 'stage 1 of a paging domain' },
    s2: { description: 'stage 2 alone' },
    nested: { description: "the guest's stage 1 over stage 2" },
  },
})
