/**
 * The lifecycles, one machine for each kind of object.
 *
 * @module
 */
import { device } from './device.ts'
import { driver } from './driver.ts'
import { group } from './group.ts'
import { hwptNested } from './hwpt-nested.ts'
import { hwptPaging } from './hwpt-paging.ts'
import { ictx } from './ictx.ts'
import { igroup } from './igroup.ts'
import { ioas } from './ioas.ts'
import { selftest } from './selftest.ts'
import { ste } from './ste.ts'
import { vdevice } from './vdevice.ts'
import { viommu } from './viommu.ts'

/**
 * All machines by name.
 *
 * @example
 * ```ts
 * import { machines } from 'iommufd-spec/machines'
 * import { initialTransition, transition } from 'xstate'
 *
 * const [closed] = initialTransition(machines.ictx)
 * const [opened] = transition(machines.ictx, closed, { type: 'open' })
 * console.log(closed.value, opened.value) // → closed open
 * ```
 */
export const machines = {
  ictx,
  driver,
  group,
  igroup,
  device,
  ste,
  ioas,
  hwptPaging,
  hwptNested,
  viommu,
  vdevice,
  selftest,
}
