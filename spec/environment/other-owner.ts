import { any } from '../errnos.ts'
import { blocked, each, errno } from '../model.ts'
import { claimDmaOwner, releaseDmaOwner } from '../kernel/dma-owner.ts'
import { action } from '../path.ts'

/** Another iommufd context binds a device of the group that is none of ours. */
export const otherClaim = action(
  'other owner claim',
  { group: each('group') },
  ({ args: { group }, sys, call }) => {
    if (group.in('other')) return blocked()
    const refused = claimDmaOwner(sys, group, 'claimOther', call)
    if (refused !== null) return errno(refused)
  },
  {
    kernel: 'iommu_device_claim_dma_owner',
    says: 'another context binds a device of the group',
    errnos: { EPERM: any },
  },
)

/** It lets the group go. */
export const otherRelease = action(
  'other owner release',
  { group: each('group') },
  ({ args: { group }, sys, call }) => {
    if (!group.in('other')) return blocked()
    releaseDmaOwner(sys, group, call)
  },
  { kernel: 'iommu_device_release_dma_owner', says: 'the other context lets it go' },
)
