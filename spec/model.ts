import { model, type Handle, type ValueSet, type View } from '../checker/index.ts'
import type { mutex } from '../checker/index.ts'
import type { device } from '../machines/device.ts'
import type { driver } from '../machines/driver.ts'
import type { Errno } from '../machines/errno.ts'
import type { group } from '../machines/group.ts'
import type { ObjectContext, ObjectEvent } from '../machines/object.ts'
import type { hwptNested } from '../machines/hwpt-nested.ts'
import type { hwptPaging } from '../machines/hwpt-paging.ts'
import type { ictx } from '../machines/ictx.ts'
import type { igroup } from '../machines/igroup.ts'
import type { ioas } from '../machines/ioas.ts'
import type { selftest } from '../machines/selftest.ts'
import type { ste } from '../machines/ste.ts'
import type { vdevice } from '../machines/vdevice.ts'
import type { viommu } from '../machines/viommu.ts'

export type { Errno } from '../machines/errno.ts'

/** What the system is made of. */
export interface Kinds {
  /** The context: one open of /dev/iommu. */
  readonly ictx: typeof ictx
  /** What the IOMMU driver can do; never changes. */
  readonly driver: typeof driver
  /** An `iommu_group` in the core. */
  readonly group: typeof group
  /** One for each group. */
  readonly igroup: typeof igroup
  /** A device that can be bound. */
  readonly device: typeof device
  /** `vfio_device_set.lock`, one for each device that comes through VFIO. */
  readonly devSet: typeof mutex
  /** `mock_dev.iopf_rwsem`, one for each mock device: two replacements can want it. */
  readonly iopfRwsem: typeof mutex
  /** `iommufd_ioas.mutex`: its page tables, from their allocation on. */
  readonly ioasMutex: typeof mutex
  /** `iommufd_group.lock`: what the devices of a group are attached to, and their VDEVICEs. */
  readonly igroupLock: typeof mutex
  /** `iommu_group.mutex`: who owns a group in the core, and its domain. */
  readonly groupMutex: typeof mutex
  /** One for each device, where the driver has a stream table. */
  readonly ste: typeof ste
  /** An address space. */
  readonly ioas: typeof ioas
  /** A page table that follows an address space. */
  readonly hwptPaging: typeof hwptPaging
  /** The HWPT that an attach to an IOAS makes, one for each IOAS. */
  readonly hwptAuto: typeof hwptPaging
  /** A guest's stage 1. */
  readonly hwptNested: typeof hwptNested
  /** A virtual IOMMU. */
  readonly viommu: typeof viommu
  /** A device as a guest knows it. */
  readonly vdevice: typeof vdevice
  /** One for each mock device. */
  readonly selftest: typeof selftest
  /** The numbers by which a guest may know a device. */
  readonly virtId: ValueSet
}

/** The handle of a component. */
export type H<N extends keyof Kinds & string> = { [K in N]: Handle<Kinds, K> }[N]
/** The system as actions and properties see it. */
export type Sys = View<Kinds>

export const { each, free, ioctl, action, path, errno, ok, blocked, always, stepProperty, cover } =
  model<Kinds, Errno>()

/** The kinds that have ids. */
export const objects = [
  'ioas',
  'hwptPaging',
  'hwptAuto',
  'hwptNested',
  'viommu',
  'vdevice',
  'device',
  'selftest',
] as const
/** Anything with an id, of a kind that can be asked for. */
export type Obj = H<(typeof objects)[number]>
/** Anything with an id, as far as all of them are alike. */
export interface AnyObject {
  readonly kind: (typeof objects)[number]
  readonly context: Readonly<ObjectContext>
  in(state: 'free' | 'reserved' | 'live' | 'removing'): boolean
  send(event: ObjectEvent): void
  try(event: ObjectEvent): string | null
}
/** What a RID can be attached to. */
export type Hwpt = H<'hwptPaging' | 'hwptAuto' | 'hwptNested'>
