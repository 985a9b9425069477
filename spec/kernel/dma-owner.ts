import type { Errno, H, Sys } from '../model.ts'
import { setDomain } from './iommu-driver.ts'

/** A device of the group for the context, or for another owner; `iommu_device_claim_dma_owner`. */
export function claimDmaOwner(
  view: Sys,
  group: H<'group'>,
  owner: 'claim' | 'claimOther',
): Errno | null {
  const unowned = group.in('unowned')
  const refused = group.try({ type: owner }) as Errno | null
  if (refused === null && unowned) setDomain(view, group, 'blocking')
  return refused
}

/**
 * One device less; the last gives the group back to the kernel; `iommu_device_release_dma_owner`.
 */
export function releaseDmaOwner(view: Sys, group: H<'group'>): void {
  group.send({ type: 'release' })
  if (group.in('unowned')) setDomain(view, group, 'default')
}
