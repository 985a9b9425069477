import { setup } from 'xstate'

/** What one IOMMU driver does unlike another. */
export interface DriverOps {
  /** `domain_alloc_nested`: a nested HWPT can be made on its parent, without a vIOMMU. */
  readonly nestedOnParent: boolean
  /** Attaching to a nested HWPT made through a vIOMMU needs a VDEVICE even where the guest bypasses its stage 1. */
  readonly bypassNeedsVdevice: boolean
  /** A bound device keeps the context's file open. */
  readonly pinsFile: boolean
}

/** The IOMMU driver: what it can do, fixed by the profile; `struct iommu_ops`. */
export const driver = setup({ types: { context: {} as DriverOps, events: {} as { type: never }, input: {} as DriverOps } }).createMachine({
  id: 'driver',
  context: ({ input }) => ({ ...input }),
})
