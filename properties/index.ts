/**
 * What must hold of the specification, and what must be reachable in it.
 *
 * @module
 */
import type { Property } from '../checker/index.ts'
import {
  profiles,
  scopes,
  type Bounds,
  type Kinds,
  type ProfileName,
  type ScopeName,
} from '../spec/index.ts'
import { attachEfaultDetaches } from './attach-efault-detaches.ts'
import { attachedHwptLives } from './attached-hwpt-lives.ts'
import { autoHwptAttached } from './auto-hwpt-attached.ts'
import { closedIsEmpty } from './closed-is-empty.ts'
import { coreAgrees } from './core-agrees.ts'
import { destroyBusyChangesNothing } from './destroy-busy-changes-nothing.ts'
import { destroyDeadIsEnoent } from './destroy-dead-is-enoent.ts'
import { detachedIsBlocked } from './detached-is-blocked.ts'
import { deviceNotDestroyable } from './device-not-destroyable.ts'
import { failedLeavesNoTrace } from './failed-leaves-no-trace.ts'
import { ioasLives } from './ioas-lives.ts'
import { kernelDriverAlone } from './kernel-driver-alone.ts'
import { liveHasUsers } from './live-has-users.ts'
import { mockDeviceAttached } from './mock-device-attached.ts'
import { mockDeviceHasSelftest } from './mock-device-has-selftest.ts'
import { nestParentLives } from './nest-parent-lives.ts'
import { nestedAttachHasVdevice } from './nested-attach-has-vdevice.ts'
import { nestedThroughItsViommu } from './nested-through-its-viommu.ts'
import { noVdeviceWhileDestroying } from './no-vdevice-while-destroying.ts'
import { oneHwptPerGroup } from './one-hwpt-per-group.ts'
import { oneOwner } from './one-owner.ts'
import { oneVdevicePerDevice } from './one-vdevice-per-device.ts'
import { oneVdevicePerVirtualId } from './one-vdevice-per-virtual-id.ts'
import { ownedOffDefault } from './owned-off-default.ts'
import { pasidCheckAgrees } from './pasid-check-agrees.ts'
import { pasidCheckNeverDetached } from './pasid-check-never-detached.ts'
import type { Placed } from './property.ts'
import { reachErrnos } from './reach-errnos.ts'
import { reachStates } from './reach-states.ts'
import { releasedWithEmptyTable } from './released-with-empty-table.ts'
import { replaceEfaultMoves } from './replace-efault-moves.ts'
import { steAgrees } from './ste-agrees.ts'
import { tombstoneUntilClose } from './tombstone-until-close.ts'
import { unbindLeavesTombstone } from './unbind-leaves-tombstone.ts'
import { unboundHasNoVdevice } from './unbound-has-no-vdevice.ts'
import { usersCountHolders, usersCoverHolders } from './users.ts'
import { vdeviceDeviceBound } from './vdevice-device-bound.ts'
import { viommuLives } from './viommu-lives.ts'
import { viommuPinnedBySte } from './viommu-pinned-by-ste.ts'
import { waitAtMostUsers } from './wait-at-most-users.ts'
import { waitCountsHolders } from './wait-counts-holders.ts'

export { excluded, reach, type Excluded } from './errnos.ts'

/** All properties but those that follow from the errnos of the calls. */
const all: readonly Placed[] = [
  nestParentLives,
  viommuLives,
  ioasLives,
  attachedHwptLives,
  liveHasUsers,
  oneVdevicePerDevice,
  oneVdevicePerVirtualId,
  vdeviceDeviceBound,
  unboundHasNoVdevice,
  noVdeviceWhileDestroying,
  oneOwner,
  ownedOffDefault,
  coreAgrees,
  oneHwptPerGroup,
  releasedWithEmptyTable,
  nestedThroughItsViommu,
  closedIsEmpty,
  tombstoneUntilClose,
  deviceNotDestroyable,
  destroyDeadIsEnoent,
  destroyBusyChangesNothing,
  kernelDriverAlone,
  mockDeviceAttached,
  mockDeviceHasSelftest,
  pasidCheckAgrees,
  pasidCheckNeverDetached,
  viommuPinnedBySte,
  steAgrees,
  ...Object.values(usersCoverHolders),
  ...Object.values(usersCountHolders),
  waitCountsHolders,
  waitAtMostUsers,
  autoHwptAttached,
  failedLeavesNoTrace,
  nestedAttachHasVdevice,
  unbindLeavesTombstone,
  attachEfaultDetaches,
  detachedIsBlocked,
  replaceEfaultMoves,
]

/**
 * The properties that are meant for a scope on a driver.
 *
 * @example
 * ```ts
 * import { systemOf } from 'iommufd-spec'
 * import { check } from 'iommufd-spec/checker'
 * import { propertiesFor } from 'iommufd-spec/properties'
 *
 * const chosen = { scope: 'smoke', driver: 'smmuv3' } as const
 * const [property] = propertiesFor(chosen.scope, chosen.driver)
 * const report = await check(systemOf({ ...chosen, properties: [property] }))
 * const found = report.properties.find((p) => p.id === property.id)
 * console.log(found?.id, found?.verdict) // → nest-parent-lives proved
 * ```
 */
export function propertiesFor(
  scope: ScopeName,
  driver: ProfileName,
  set: Partial<Bounds> = {},
): Property<Kinds>[] {
  const bounds = { ...scopes[scope], ...set }
  const profile = profiles[driver]
  const here = (placed: readonly Placed[]) =>
    placed.filter(({ where }) => where(bounds, profile)).map(({ property }) => property)
  return [...here(all), ...reachErrnos(bounds, profile), ...here(reachStates)]
}
