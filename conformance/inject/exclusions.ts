/** A failure that the kernel has and the model leaves out. */
export interface Exclusion {
  /** The kernel's function. */
  readonly point: string
  readonly outcome: string
  readonly why: string
  /**
   * What the failure leaves behind, where it does; otherwise it leaves no trace, and that is looked
   * at.
   */
  readonly leaves?: string
}

/** Failures that can be injected and that the model leaves out, and why. */
export const exclusions: readonly Exclusion[] = [
  {
    point: 'iopt_table_enforce_dev_resv_regions',
    outcome: 'EINVAL',
    why: 'reserved regions are not modelled, and this errno is that of the injection alone',
  },
  {
    point: 'iopt_table_enforce_dev_resv_regions',
    outcome: 'ok',
    why: 'EINVAL makes iommufd_device_auto_get_domain try a new automatic HWPT, and the model has one for each IOAS',
    leaves: 'a second automatic HWPT',
  },
]

/** Points of failure of the model that the mock driver has no step for, and why. */
export const unreachable: Readonly<Record<string, string>> = {
  iommu_attach_group_handle:
    'the array asks for memory a second time where it gets none at first, and one failure is injected',
  attach_dev: 'mock_domain_nop_attach allocates nothing for an HWPT without a fault queue',
  viommu_init: 'mock_viommu_init allocates nothing where it is given no data',
}
