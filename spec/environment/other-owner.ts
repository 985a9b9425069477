import { action, blocked, each, errno } from '../model.ts'
import { claimDmaOwner, releaseDmaOwner } from '../kernel/dma-owner.ts'

/** Another iommufd context binds a device of the group that is none of ours. */
export const otherClaim = action(
  'other owner claim',
  { group: each('group') },
  ({ group }, view) => {
    if (group.in('other')) return blocked()
    const refused = claimDmaOwner(view, group, 'claimOther')
    if (refused !== null) return errno(refused)
  },
  { kernel: 'iommu_device_claim_dma_owner', says: 'another context binds a device of the group' },
)

/** It lets the group go. */
export const otherRelease = action(
  'other owner release',
  { group: each('group') },
  ({ group }, view) => {
    if (!group.in('other')) return blocked()
    releaseDmaOwner(view, group)
  },
  { kernel: 'iommu_device_release_dma_owner', says: 'the other context lets it go' },
)
