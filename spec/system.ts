import {
  CheckerError,
  mutex,
  system,
  type Action,
  type KindScopes,
  type Omission,
  type Property,
  type System,
} from '../checker/index.ts'
import { device } from '../machines/device.ts'
import { driver } from '../machines/driver.ts'
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
import { actions } from './actions.ts'
import type { Bounds } from './bounds.ts'
import type { Kinds } from './model.ts'
import { profiles, type Profile, type ProfileName } from './profiles/index.ts'
import { scopes, type ScopeName } from './scopes.ts'

/** What of the specification is to be explored. */
export interface Chosen {
  /** The scope: how many there are of everything. */
  readonly scope: ScopeName
  /** The profile of hardware. */
  readonly driver: ProfileName
  /** Numbers that replace the scope's. */
  readonly set?: Partial<Bounds>
  /** What is to be checked; none when left out. */
  readonly properties?: readonly Property<Kinds>[]
  /** Sends that a mutation leaves out. */
  readonly omit?: readonly Omission[]
  /** Kinds whose scope a mutation replaces, a machine for instance. */
  readonly kinds?: KindScopes<Kinds>
  /** Actions in place of all others. */
  readonly actions?: readonly Action[]
}

/** The kinds within the bounds, on hardware of the profile. */
function kindsOf(bounds: Bounds, profile: Profile): KindScopes<Kinds> {
  const symmetric = true
  const vfio = profile.devices === 'vfio'
  // Locks are nowhere held between whole calls.
  const lock = (owner: 'device' | 'ioas' | 'group', has = true) =>
    has && bounds.callers > 0 ? { machine: mutex, per: owner } : { machine: mutex, count: 0 }
  const translating = profile.bypass ? bounds.nested : bounds.nested + bounds.bypasses
  return {
    ictx: { machine: ictx, count: 1 },
    driver: { machine: driver, count: 1, input: () => profile.ops },
    group: { machine: group, count: bounds.groups, symmetric },
    igroup: { machine: igroup, per: 'group' },
    device: {
      machine: device,
      count: bounds.devices,
      symmetric,
      input: (i, ref) => ({ group: ref('group', i % bounds.groups) }),
    },
    devSet: lock('device', vfio),
    iopfRwsem: lock('device', !vfio),
    groupMutex: lock('group'),
    igroupLock: lock('group'),
    ste: profile.streamTable ? { machine: ste, per: 'device' } : { machine: ste, count: 0 },
    ioas: { machine: ioas, count: bounds.ioas, symmetric },
    ioasMutex: lock('ioas'),
    hwptPaging: {
      machine: hwptPaging,
      count: bounds.nestParents + bounds.pagings,
      symmetric,
      input: (i) => ({ nestParent: i < bounds.nestParents, auto: false }),
    },
    hwptAuto: {
      machine: hwptPaging,
      per: 'ioas',
      input: () => ({ nestParent: false, auto: true }),
    },
    hwptNested: {
      machine: hwptNested,
      count: bounds.nested + bounds.bypasses,
      symmetric,
      input: (i) => ({ translate: i < translating }),
    },
    viommu: { machine: viommu, count: bounds.viommus, symmetric },
    vdevice: { machine: vdevice, count: bounds.vdevices, symmetric },
    selftest: vfio ? { machine: selftest, count: 0 } : { machine: selftest, per: 'device' },
    virtId: { values: bounds.virtIds, symmetric },
  }
}

/** Refuses numbers that make no system. */
function validate(bounds: Bounds, profile: Profile): void {
  for (const [name, value] of Object.entries(bounds))
    if (!Number.isInteger(value) || value < 0)
      throw new CheckerError('CHK013', `${name} is ${value}; use a whole number from 0 on`)
  if (bounds.groups < 1 || bounds.groups > bounds.devices)
    throw new CheckerError(
      'CHK013',
      `${bounds.groups} groups for ${bounds.devices} devices; every group needs a device, and every device a group`,
    )
  if (profile.devices === 'mock' && bounds.groups !== bounds.devices)
    throw new CheckerError(
      'CHK013',
      `${bounds.groups} groups for ${bounds.devices} mock devices, which have a group each; set both alike`,
    )
}

/**
 * The system of a named scope on a driver.
 *
 * @example
 * ```ts
 * import { systemOf } from 'iommufd-spec'
 * import { check } from 'iommufd-spec/checker'
 *
 * const report = await check(systemOf({ scope: 'smoke', driver: 'smmuv3', set: { viommus: 0, vdevices: 0, nested: 0 } }))
 * console.log(report.complete, report.properties.map((p) => p.verdict).join()) // → true proved,proved
 * ```
 */
export function systemOf({
  scope,
  driver: name,
  set = {},
  properties = [],
  omit,
  kinds = {},
  actions: only,
}: Chosen): System {
  const bounds: Bounds = { ...scopes[scope], ...set }
  const profile = profiles[name]
  validate(bounds, profile)
  return system<Kinds>({
    kinds: { ...kindsOf(bounds, profile), ...kinds },
    actions: only ?? actions(bounds, profile),
    properties,
    callers: bounds.callers,
    failures: bounds.failures > 0,
    ...(bounds.callers > 0 ? { deadlock: { terminal: () => false } } : {}),
    ...(omit === undefined ? {} : { omit }),
  })
}
