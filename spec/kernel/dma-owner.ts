import type { Errno, H, Sys } from '../model.ts'
import { under, type KernelCall } from './call.ts'
import { setDomain } from './iommu-driver.ts'

/** A device of the group for the context, or for another owner; `iommu_device_claim_dma_owner`. */
export const claimDmaOwner = (
  sys: Sys,
  group: H<'group'>,
  owner: 'claim' | 'claimOther',
  call: KernelCall,
): Errno | null =>
  under(call, 'groupMutex', group, () => {
    const unowned = group.in('unowned')
    const refused = group.try({ type: owner }) as Errno | null
    if (refused === null && unowned) setDomain(sys, group, 'blocking')
    return refused
  })

/**
 * One device less; the last gives the group back to the kernel; `iommu_device_release_dma_owner`.
 */
export const releaseDmaOwner = (sys: Sys, group: H<'group'>, call: KernelCall): void =>
  under(call, 'groupMutex', group, () => {
    group.send({ type: 'release' })
    if (group.in('unowned')) setDomain(sys, group, 'default')
  })
