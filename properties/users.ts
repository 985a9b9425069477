import {
  byKind,
  type AnyObject,
  type H,
  type Hwpt,
  type ObjectKind,
  type Sys,
} from '../spec/model.ts'
import {
  always,
  betweenCalls,
  interleaved,
  ofMockDevices,
  where,
  type Placed,
  type Where,
} from './property.ts'
import { kernel } from './sources.ts'

const attached = (sys: Sys, hwpt: Hwpt): number =>
  sys.device.count(
    (d) => d.context.attached && sys.igroup.of(d.context.group).context.hwpt === hwpt,
  )

/** How many hold an object, beside the xarray, for longer than a call. */
const holders: { readonly [N in ObjectKind]: (one: H<N>, sys: Sys) => number } = {
  ioas: (ioas, { hwptPaging, hwptAuto }) =>
    hwptPaging.count((h) => h.context.ioas === ioas) +
    hwptAuto.count((h) => h.context.ioas === ioas),
  hwptPaging: (hwpt, sys) =>
    attached(sys, hwpt) +
    sys.viommu.count((v) => v.context.hwpt === hwpt) +
    sys.hwptNested.count((n) => n.context.viommu === null && n.context.parent === hwpt),
  hwptAuto: (hwpt, sys) => attached(sys, hwpt),
  hwptNested: (hwpt, sys) => attached(sys, hwpt),
  viommu: (viommu, { vdevice, hwptNested }) =>
    vdevice.count((v) => v.context.viommu === viommu) +
    hwptNested.count((n) => n.context.viommu === viommu),
  vdevice: () => 0,
  selftest: () => 0,
  /**
   * The driver that it is bound through (of a mock device: its test object), its attachment, its
   * virtual device while a vIOMMU knows it.
   */
  device: (device, { vdevice }) =>
    1 +
    (device.context.attached ? 1 : 0) +
    vdevice.count((v) => v.context.device === device && v.context.viommu !== null),
}

const compare = (
  sys: Sys,
  kind: ObjectKind,
  agree: (users: number, held: number) => boolean,
): boolean =>
  sys[kind].every(
    (one: AnyObject) => !one.in('live') || agree(one.context.users, 1 + byKind(one, holders, sys)),
  )

const kinds = Object.keys(holders) as ObjectKind[]
/** Only mock devices have test objects. */
const has = (kind: ObjectKind): Where => (kind === 'selftest' ? ofMockDevices : where())
const source = [kernel('iommufd_object_remove'), kernel('iommufd_fops_release')]

const byName = <N extends ObjectKind>(names: readonly N[], of: (name: N) => Placed) =>
  Object.fromEntries(names.map((name) => [name, of(name)])) as { readonly [K in N]: Placed }

/** Between calls the counts are exact. */
export const usersCountHolders = byName(kinds, (kind) =>
  always(`users-count-holders-${kind}`, {
    says: `Between calls, the users of a live ${kind} are the xarray and those who hold it.`,
    source,
    where: where(betweenCalls, has(kind)),
    holds: (sys) => compare(sys, kind, (users, held) => users === held),
  }),
)

/**
 * While calls run, each may hold an object for a while. Nobody holds a VDEVICE or a test object for
 * longer.
 */
export const usersCoverHolders = byName(
  kinds.filter((kind) => kind !== 'vdevice' && kind !== 'selftest'),
  (kind) =>
    always(`users-cover-holders-${kind}`, {
      says: `At any time, the users of a live ${kind} are no fewer than the xarray and those who hold it.`,
      source,
      where: interleaved,
      holds: (sys) => compare(sys, kind, (users, held) => users >= held),
    }),
)
