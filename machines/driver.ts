import { setup } from 'xstate'
import { about } from './about.ts'
import type { Errno } from './errno.ts'

/** What one IOMMU driver does unlike another. */
export interface DriverOps {
  /** `domain_alloc_nested`: a nested HWPT can be made on its parent, without a vIOMMU. */
  readonly nestedOnParent: boolean
  /**
   * Which nested HWPTs made through a vIOMMU can be attached to only by devices that the vIOMMU
   * knows.
   */
  readonly needsVdevice: 'all' | 'translating' | 'none'
  /** What `alloc_domain_nested` gives for data that it does not take; null where it takes any. */
  readonly nestedDataErrno: Errno | null
  /** What `viommu_init` gives where it is short of memory; null where it needs none. */
  readonly viommuInitErrno: Errno | null
  /** What `attach_dev` gives where it is short of memory; null where it needs none. */
  readonly attachErrno: Errno | null
  /** What `vdevice_init` gives where it fails; null for a driver without one. */
  readonly vdeviceInitErrno: Errno | null
  /** A bound device keeps the context's file open. */
  readonly pinsFile: boolean
}

/** The IOMMU driver: what it can do, fixed by the profile; `struct iommu_ops`. */
export const driver = setup({
  types: { context: {} as DriverOps, events: {} as { type: never }, input: {} as DriverOps },
}).createMachine({
  id: 'driver',
  description: 'The IOMMU driver: what it can do, fixed by the profile.',
  meta: about<DriverOps>({
    kernel: 'struct iommu_ops',
    fields: {
      nestedOnParent: 'whether a nested HWPT can be made on its parent, without a vIOMMU',
      needsVdevice:
        'which nested HWPTs made through a vIOMMU can be attached to only by devices that the vIOMMU knows',
      nestedDataErrno:
        'what alloc_domain_nested gives for data that it does not take; null where it takes any',
      viommuInitErrno:
        'what viommu_init gives where it is short of memory; null where it needs none',
      attachErrno: 'what attach_dev gives where it is short of memory; null where it needs none',
      vdeviceInitErrno: 'what vdevice_init gives where it fails; null for a driver without one',
      pinsFile: "whether a bound device keeps the context's file open",
    },
  }),
  context: ({ input }) => ({ ...input }),
})
