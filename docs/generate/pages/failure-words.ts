/** What it is to fail at a point that needs more than memory. */
export const failureWords: Readonly<Record<string, string>> = {
  copy_to_user: 'the answer cannot be written',
  iommu_copy_struct_from_user: "the driver's data cannot be read",
  arm_smmu_validate_vste: "the guest's stream table entry is not allowed",
  vdevice_init: 'the device does not have exactly one stream (`arm_vsmmu_vdevice_init`)',
  iommu_probe_device:
    'the device has come without an IOMMU, and has no cache coherency (`iommufd_bind_iommu`)',
}
