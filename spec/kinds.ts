import type { constants, unions } from '../checker/index.ts'
import { device } from '../machines/device.ts'
import { group } from '../machines/group.ts'
import { hwptNested } from '../machines/hwpt-nested.ts'
import { hwptPaging } from '../machines/hwpt-paging.ts'
import { ictx } from '../machines/ictx.ts'
import { igroup } from '../machines/igroup.ts'
import { ioas } from '../machines/ioas.ts'
import { selftest } from '../machines/selftest.ts'
import { ste } from '../machines/ste.ts'
import { vdevice } from '../machines/vdevice.ts'
import { viommu } from '../machines/viommu.ts'
import {
  driverObject,
  lock,
  many,
  object,
  one,
  per,
  sorts,
  values,
  where,
  type Kind,
  type Maker,
} from './kind.ts'
import type { Bounds } from './bounds.ts'
import type { Driver } from './drivers/driver.ts'
import type { Profile } from './profiles/profile.ts'
import type { Rules } from './rules.ts'

const throughVfio = ({ devices }: Profile) => devices === 'vfio'
const ofMockDevices = ({ devices }: Profile) => devices === 'mock'
const withStreamTable = ({ streamTable }: Profile) => streamTable

/** What the system is made of: all that is listed by kind anywhere follows from this. */
export const kinds = {
  /** The context: one open of /dev/iommu. */
  ictx: one(ictx),
  /** An `iommu_group` in the core. */
  group: many(group, 'groups'),
  /** One for each group. */
  igroup: per('group', igroup),
  /** A device that can be bound. The devices are dealt out to the groups in turn. */
  device: driverObject(
    many(device, 'devices', (i, ref, { groups }) => ({ group: ref('group', i % groups) })),
  ),
  /** `vfio_device_set.lock`, one for each device that comes through VFIO. */
  devSet: where(throughVfio, lock('device')),
  /** `mock_dev.iopf_rwsem`, one for each mock device: two replacements can want it. */
  iopfRwsem: where(ofMockDevices, lock('device')),
  /** `iommu_group.mutex`: who owns a group in the core, and its domain. */
  groupMutex: lock('group'),
  /** `iommufd_group.lock`: what the devices of a group are attached to, and their VDEVICEs. */
  igroupLock: lock('group'),
  /** One for each device, where the driver has a stream table. */
  ste: where(withStreamTable, per('device', ste)),
  /** An address space. */
  ioas: object(many(ioas, 'ioas')),
  /** `iommufd_ioas.mutex`: its page tables, from their allocation on. */
  ioasMutex: lock('ioas'),
  /** A page table that follows an address space, allocated with NEST_PARENT or without. */
  hwptPaging: object(
    sorts(hwptPaging, {
      nestParents: { nestParent: true, auto: false },
      pagings: { nestParent: false, auto: false },
    }),
  ),
  /** The HWPT that an attach to an IOAS makes, one for each IOAS. */
  hwptAuto: object(per('ioas', hwptPaging, { nestParent: false, auto: true })),
  /**
   * A guest's stage 1, which translates or is bypassed; drivers without the difference count all as
   * translating.
   */
  hwptNested: object(
    sorts(hwptNested, {
      nested: { translate: true },
      bypasses: ({ bypass }: Profile) => ({ translate: !bypass }),
    }),
  ),
  /** A virtual IOMMU. */
  viommu: object(many(viommu, 'viommus')),
  /** A device as a guest knows it. */
  vdevice: object(many(vdevice, 'vdevices')),
  /** One for each mock device. */
  selftest: driverObject(where(ofMockDevices, per('device', selftest))),
  /** The numbers by which a guest may know a device. */
  virtId: values('virtIds'),
}

type List = typeof kinds
/** The name of a kind. */
export type KindName = keyof List
/** The kinds that have ids. */
export type ObjectKind = {
  [N in KindName]: List[N] extends Kind<infer _M, infer _B, Maker> ? N : never
}[KindName]
/** The numbers that say how many there are of each kind. */
export type BoundName = {
  [N in KindName]: List[N] extends Kind<infer _M, infer B, infer _O> ? B : never
}[KindName]

/** The kinds by the types of their machines, and what a view shows beside each of them. */
export interface Kinds extends MachinesIn<List> {
  /** All that has an id. */
  readonly [unions]: { readonly objects: ObjectKind }
  readonly [constants]: {
    /** The IOMMU driver. */
    readonly driver: Driver
    /** How the rules are answered. */
    readonly rule: Rules
  }
}
type MachinesIn<L> = {
  readonly [N in keyof L]: L[N] extends Kind<infer M, infer _B, infer _O> ? M : never
}

const names = Object.keys(kinds) as KindName[]
const madeBy = (maker: Maker) => names.filter((name) => kinds[name].maker === maker) as ObjectKind[]

/** The kinds that have ids: first what user space makes, then what comes with a device. */
export const objects: readonly ObjectKind[] = [...madeBy('user'), ...madeBy('driver')]

/** The kinds within the bounds, on hardware of the profile. */
export const kindScopes = (bounds: Bounds, profile: Profile) =>
  Object.fromEntries(names.map((name) => [name, kinds[name].scope({ ...bounds }, profile)]))
