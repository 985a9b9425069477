/** A function of the kernel that upholds a property. */
export const kernel = (name: string): string => `kernel: ${name}`
/** A line of include/uapi/linux/iommufd.h. */
export const uapi = (what: string): string => `uAPI: ${what}`
/** A message on the mailing list, by its subject and date. */
const message = (subject: string): string => `message: ${subject}`

/**
 * "If a nested domain is attached … the vIOMMU affiliated with that nested domain is pinned while
 * the STE is in place".
 */
export const vdevIdLifecycle = message(
  'iommufd/viommu: Allow drivers to control vdev_id lifecycle, 2024-09-05',
)
/**
 * What detach means while other address spaces are attached, and what release of ownership checks.
 */
export const refactoringSvaBind = message(
  'iommu/sva: Refactoring iommu_sva_bind/unbind_device(), 2022-09-08',
)
