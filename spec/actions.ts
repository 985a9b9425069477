import type { Action } from '../checker/index.ts'
import type { Bounds } from './bounds.ts'
import { kernelDriverBind, kernelDriverUnbind } from './environment/kernel-driver.ts'
import { otherClaim, otherRelease } from './environment/other-owner.ts'
import { close } from './ioctls/close.ts'
import { destroy } from './ioctls/destroy.ts'
import { hwptAllocNested, hwptAllocPaging } from './ioctls/hwpt-alloc.ts'
import { ioasAlloc } from './ioctls/ioas-alloc.ts'
import { open } from './ioctls/open.ts'
import { vdeviceAlloc } from './ioctls/vdevice-alloc.ts'
import { vfioAttach } from './ioctls/vfio-attach.ts'
import { vfioBind } from './ioctls/vfio-bind.ts'
import { vfioClose } from './ioctls/vfio-close.ts'
import { vfioDetach } from './ioctls/vfio-detach.ts'
import { viommuAlloc } from './ioctls/viommu-alloc.ts'

const ioctls: readonly Action[] = [
  open,
  vfioBind,
  ioasAlloc,
  hwptAllocPaging,
  hwptAllocNested,
  viommuAlloc,
  vdeviceAlloc,
  vfioAttach,
  vfioDetach,
  destroy,
  vfioClose,
]
const owners: readonly Action[] = [kernelDriverBind, kernelDriverUnbind, otherClaim, otherRelease]

/** What can happen within the bounds. */
export const actions = (bounds: Bounds): Action[] => [
  ...ioctls,
  ...(bounds.closing > 0 ? [close] : []),
  ...(bounds.owners > 0 ? owners : []),
]
