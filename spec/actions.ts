import type { Action } from '../checker/index.ts'
import type { Bounds } from './bounds.ts'
import { kernelDriverBind, kernelDriverUnbind } from './environment/kernel-driver.ts'
import { otherClaim, otherRelease } from './environment/other-owner.ts'
import { close } from './ioctls/close.ts'
import { destroy } from './ioctls/destroy.ts'
import { hwptAllocNested, hwptAllocPaging } from './ioctls/hwpt-alloc.ts'
import { ioasAlloc } from './ioctls/ioas-alloc.ts'
import { open } from './ioctls/open.ts'
import { mockDomainReplace } from './ioctls/test-cmd/mock-domain-replace.ts'
import { mockDomain } from './ioctls/test-cmd/mock-domain.ts'
import { pasidCheckDetached, pasidCheckHwpt } from './ioctls/test-cmd/pasid-check-hwpt.ts'
import { vdeviceAlloc } from './ioctls/vdevice-alloc.ts'
import { vfioAttach } from './ioctls/vfio-attach.ts'
import { vfioBind } from './ioctls/vfio-bind.ts'
import { vfioClose } from './ioctls/vfio-close.ts'
import { vfioDetach } from './ioctls/vfio-detach.ts'
import { viommuAlloc } from './ioctls/viommu-alloc.ts'
import type { Profile } from './profiles/index.ts'

const ioctls: readonly Action[] = [
  open,
  ioasAlloc,
  hwptAllocPaging,
  hwptAllocNested,
  viommuAlloc,
  vdeviceAlloc,
  destroy,
]
/** How devices come to the context and are attached, and how they go. */
const devices: Readonly<Record<Profile['devices'], readonly Action[]>> = {
  vfio: [vfioBind, vfioAttach, vfioDetach, vfioClose],
  mock: [mockDomain, mockDomainReplace, pasidCheckHwpt, pasidCheckDetached],
}
/** Who else wants the groups of real devices. */
const owners: readonly Action[] = [kernelDriverBind, kernelDriverUnbind, otherClaim, otherRelease]

/** All that can happen, on any hardware. */
export const allActions: readonly Action[] = [
  ...ioctls,
  ...devices.vfio,
  ...devices.mock,
  close,
  ...owners,
]

/**
 * What can happen within the bounds, to the devices of the profile.
 *
 * @example
 * ```ts
 * import { actions, profiles, scopes } from 'iommufd-spec'
 *
 * console.log(actions(scopes.smoke, profiles.smmuv3)[0].name) // → open(/dev/iommu)
 * ```
 */
export const actions = (bounds: Bounds, profile: Profile): Action[] => [
  ...ioctls,
  ...devices[profile.devices],
  ...(bounds.closing > 0 ? [close] : []),
  ...(bounds.owners > 0 && profile.devices === 'vfio' ? owners : []),
]
