import { assign, setup } from 'xstate'
import { about } from './about.ts'
import { says, type Ref } from '../checker/lifecycle.ts'
import { refuse } from './errno.ts'

type Hwpt = Ref<'hwptPaging'> | Ref<'hwptAuto'> | Ref<'hwptNested'>

/** What it keeps. */
export interface Context {
  /** `owner_cnt`: devices of the group that its owner holds. */
  count: number
  /** What the core believes that every RID of the group is attached to. */
  domain: 'default' | 'blocking' | Hwpt
  /** Entry 0 of `pasid_array` holds the handle of an attachment. */
  handle: boolean
}

type GroupEvent =
  | { type: 'use' }
  | { type: 'unuse' }
  | { type: 'claim' }
  | { type: 'claimOther' }
  | { type: 'release' }
  | { type: 'attach'; domain: Hwpt }
  | { type: 'replace'; domain: Hwpt }
  | { type: 'detach' }

const unowned = { count: 0, domain: 'default' as const, handle: false }
const owned = { count: 1, domain: 'blocking' as const }
const claimed = {
  actions: 'owned',
  description: 'owned; its RIDs are on the blocking domain',
  meta: { kernel: 'iommu_device_claim_dma_owner' },
} as const
const taken = refuse('EPERM', 'somebody else owns the group', 'iommu_device_claim_dma_owner')
const busy = refuse('EBUSY', 'user space owns the group', 'iommu_device_use_default_domain')
const released = {
  guard: 'noHandle',
  target: 'unowned',
  actions: 'disowned',
  description: 'nobody owns it; its RIDs are on the default domain again',
  meta: { kernel: '__iommu_release_dma_ownership' },
} as const

/**
 * An iommu_group in the IOMMU core: who owns its DMA, and the domain of its RIDs; `struct
 * iommu_group`.
 */
export const group = setup({
  types: { context: {} as Context, events: {} as GroupEvent },
  guards: {
    several: says('owner_cnt is more than 1', ({ context }) => context.count > 1),
    noHandle: says('pasid_array is empty', ({ context }) => !context.handle),
    handle: says('entry 0 of pasid_array is an attachment', ({ context }) => context.handle),
    core: says(
      'entry 0 of pasid_array is empty and the domain is the default or the blocking one',
      ({ context }) =>
        !context.handle && (context.domain === 'blocking' || context.domain === 'default'),
    ),
  },
  actions: {
    owned: assign(owned),
    disowned: assign({ count: 0, domain: 'default' }),
    more: assign({ count: ({ context }) => context.count + 1 }),
    less: assign({ count: ({ context }) => context.count - 1 }),
  },
}).createMachine({
  id: 'group',
  description: 'An iommu_group in the IOMMU core: who owns its DMA, and the domain of its RIDs.',
  meta: about<Context>({
    kernel: 'struct iommu_group',
    fields: {
      count: 'owner_cnt: devices of the group that its owner holds',
      domain: 'what the core believes that every RID of the group is attached to',
      handle: 'whether entry 0 of pasid_array holds the handle of an attachment',
    },
  }),
  initial: 'unowned',
  context: unowned,
  states: {
    unowned: {
      description: 'owned by nobody; its devices are on the default domain',
      on: {
        use: {
          target: 'kernel',
          actions: 'more',
          description: 'a kernel driver does DMA through the default domain',
          meta: { kernel: 'iommu_device_use_default_domain' },
        },
        claim: { ...claimed, target: 'iommufd' },
        claimOther: { ...claimed, target: 'other' },
      },
    },
    kernel: {
      description: 'in use by kernel drivers, through the DMA API',
      on: {
        use: {
          actions: 'more',
          description: 'owner_cnt + 1',
          meta: { kernel: 'iommu_device_use_default_domain' },
        },
        unuse: [
          {
            guard: 'several',
            actions: 'less',
            description: 'owner_cnt − 1',
            meta: { kernel: 'iommu_device_unuse_default_domain' },
          },
          {
            target: 'unowned',
            actions: 'disowned',
            description: 'the last kernel driver is gone',
            meta: { kernel: 'iommu_device_unuse_default_domain' },
          },
        ],
        claim: taken,
        claimOther: taken,
      },
    },
    iommufd: {
      description: 'owned by the context',
      on: {
        use: busy,
        claim: {
          actions: 'more',
          description: 'owner_cnt + 1',
          meta: { kernel: 'iommu_device_claim_dma_owner' },
        },
        claimOther: taken,
        release: [
          {
            guard: 'several',
            actions: 'less',
            description: 'owner_cnt − 1',
            meta: { kernel: 'iommu_device_release_dma_owner' },
          },
          released,
        ],
        attach: [
          {
            guard: 'core',
            actions: assign({ domain: ({ event }) => event.domain, handle: true }),
            description:
              'its RIDs are on the domain; the handle is stored after the hardware switch',
            meta: { kernel: 'iommu_attach_group_handle' },
          },
          refuse('EBUSY', 'its RIDs are attached', 'iommu_attach_group_handle'),
        ],
        replace: {
          actions: assign({ domain: ({ event }) => event.domain, handle: true }),
          description: 'its RIDs are on another domain',
          meta: { kernel: 'iommu_replace_group_handle' },
        },
        detach: {
          guard: 'handle',
          actions: assign({ domain: 'blocking', handle: false }),
          description:
            'its RIDs are on the blocking domain; the handle is erased after the hardware switch',
          meta: { kernel: 'iommu_detach_group_handle' },
        },
      },
    },
    other: {
      description: 'owned by another context',
      on: {
        use: busy,
        claim: taken,
        release: released,
      },
    },
  },
})
