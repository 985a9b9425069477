import type { Driver } from '../drivers/driver.ts'

/** A sort of hardware: its driver, and how its devices come to the context. */
export interface Profile {
  /** As `--driver` takes it. */
  readonly name: string
  /** What the driver does. */
  readonly driver: Driver
  /**
   * Devices come and go through VFIO; or IOMMU_TEST_CMD makes them, each in a group of its own and
   * for the context alone.
   */
  readonly devices: 'vfio' | 'mock'
  /** The driver has a stream table with an entry for each device. */
  readonly streamTable: boolean
  /** The guest can say that its stage 1 is bypassed; such nested HWPTs are a sort of their own. */
  readonly bypass: boolean
}
