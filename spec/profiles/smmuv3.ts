import { smmuv3 as driver } from '../drivers/smmuv3.ts'
import type { Profile } from './profile.ts'

/** Arm SMMUv3, with devices that come through VFIO. */
export const smmuv3: Profile = {
  name: 'smmuv3',
  driver,
  devices: 'vfio',
  streamTable: true,
  bypass: true,
}
