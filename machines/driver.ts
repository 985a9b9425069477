import { setup } from 'xstate'
import { about } from './about.ts'

/** What one IOMMU driver does unlike another. */
export interface DriverOps {
  /** `domain_alloc_nested`: a nested HWPT can be made on its parent, without a vIOMMU. */
  readonly nestedOnParent: boolean
  /** Which nested HWPTs made through a vIOMMU can be attached to only by devices that the vIOMMU knows. */
  readonly needsVdevice: 'all' | 'translating' | 'none'
  /** A bound device keeps the context's file open. */
  readonly pinsFile: boolean
}

/** The IOMMU driver: what it can do, fixed by the profile; `struct iommu_ops`. */
export const driver = setup({ types: { context: {} as DriverOps, events: {} as { type: never }, input: {} as DriverOps } }).createMachine({
  id: 'driver',
  description: 'The IOMMU driver: what it can do, fixed by the profile.',
  meta: about<DriverOps>({
    kernel: 'struct iommu_ops',
    fields: {
      nestedOnParent: 'whether a nested HWPT can be made on its parent, without a vIOMMU',
      needsVdevice: 'which nested HWPTs made through a vIOMMU can be attached to only by devices that the vIOMMU knows',
      pinsFile: "whether a bound device keeps the context's file open",
    },
  }),
  context: ({ input }) => ({ ...input }),
})
