import type { DriverOps } from '../../machines/driver.ts'

/** What differs from one IOMMU driver to another. */
export interface Profile {
  readonly name: string
  readonly ops: DriverOps
  /** The driver has a stream table with an entry for each device. */
  readonly streamTable: boolean
  /** The guest can say that its stage 1 is bypassed; such nested HWPTs are a sort of their own. */
  readonly bypass: boolean
}
