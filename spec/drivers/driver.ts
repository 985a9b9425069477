import type { Errno, H, Hwpt, Sys } from '../model.ts'
import type { KernelCall } from '../kernel/call.ts'

/** What the RIDs of a group can be on: an HWPT, or what the core has for groups without one. */
export type Domain = Hwpt | 'blocking' | 'default'
/** A call, as far as a driver needs it: where it can fail. */
export type Failing<F extends string> = Pick<KernelCall<F>, 'fails'>
/** Where a driver can fail to make a nested domain. */
export type NestedFails =
  | 'iommu_copy_struct_from_user'
  | 'arm_smmu_validate_vste'
  | 'alloc_domain_nested'
  | 'domain_alloc_nested'

/**
 * An IOMMU driver: what it does unlike another, by the functions of `struct iommu_ops` and `struct
 * iommufd_viommu_ops`. One that is left out the driver does not have. None keeps anything: what
 * hardware is written to is a kind.
 */
export interface Driver {
  /** `attach_dev` of all devices of a group, as far as it can refuse. */
  readonly attachDev: (
    sys: Sys,
    group: H<'group'>,
    hwpt: Hwpt,
    call: Failing<'attach_dev'>,
  ) => Errno | null
  /** `domain_alloc_nested`: a nested domain on its parent, without a vIOMMU. */
  readonly domainAllocNested?: (call: Failing<NestedFails>) => Errno | null
  /** `viommu_init`. */
  readonly viommuInit: (call: Failing<'viommu_init'>) => Errno | null
  /** `alloc_domain_nested` of a vIOMMU. */
  readonly allocDomainNested: (call: Failing<NestedFails>) => Errno | null
  /** `vdevice_init` of a vIOMMU. */
  readonly vdeviceInit?: (call: Failing<'vdevice_init'>) => Errno | null
  /** Writes the stream table entries of all devices of a group, bound or not. */
  readonly writeEntry?: (sys: Sys, group: H<'group'>, domain: Domain) => void
}
