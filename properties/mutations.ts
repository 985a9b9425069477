import type { Action, Omission, Scope } from '../checker/index.ts'
import { group } from '../machines/group.ts'
import { hwptPaging } from '../machines/hwpt-paging.ts'
import { ictx } from '../machines/ictx.ts'
import { ioas } from '../machines/ioas.ts'
import { selftest } from '../machines/selftest.ts'
import { viommu } from '../machines/viommu.ts'
import { refuse } from '../machines/errno.ts'
import { toggled, withTransition } from '../machines/mutant.ts'
import { actions } from '../spec/actions.ts'
import { vdeviceAllocWith, type Checks } from '../spec/ioctls/vdevice-alloc.ts'
import {
  type Bounds,
  type Driver,
  type Kinds,
  type Profile,
  type ProfileName,
  type ScopeName,
} from '../spec/index.ts'

/** A rule of the specification broken on purpose, and the properties that it breaks. */
export interface Mutation {
  /** The rule that is broken. */
  readonly says: string
  /** Properties that must notice, among others. */
  readonly breaks: readonly string[]
  readonly scope?: ScopeName
  readonly driver?: ProfileName
  readonly set?: Partial<Bounds>
  readonly omit?: Omission
  readonly kinds?: (bounds: Bounds) => Partial<Scope<Kinds>['kinds']>
  readonly ops?: Partial<Driver>
  readonly actions?: (bounds: Bounds, profile: Profile) => Action[]
}

const calm = { failures: 0, owners: 0 }
const bare = { ...calm, nestParents: 0, nested: 0, viommus: 0, vdevices: 0, virtIds: 0 }
const pair = {
  ...bare,
  nestParents: 1,
  viommus: 1,
  vdevices: 2,
  virtIds: 1,
  devices: 2,
  groups: 2,
  closing: 0,
}
const omit = (action: string, kind: string, event: string): Omission => ({ action, kind, event })
const unchecked = (left: Partial<Checks>) => (bounds: Bounds, profile: Profile) =>
  actions(bounds, profile).map((action) =>
    action.name === 'IOMMU_VDEVICE_ALLOC'
      ? vdeviceAllocWith({ destroying: true, device: true, virtId: true, ...left })
      : action,
  )
const always = {
  target: 'removing',
  actions: 'removed',
  description: 'goes whoever uses it',
  meta: { kernel: 'mutation' },
}
const guarded = {
  guard: 'lastUser',
  target: 'removing',
  actions: 'removed',
  description: 'goes',
  meta: { kernel: 'mutation' },
}

const attach = 'VFIO_DEVICE_ATTACH_IOMMUFD_PT'
const detach = 'VFIO_DEVICE_DETACH_IOMMUFD_PT'
const bind = 'VFIO_DEVICE_BIND_IOMMUFD'
const unbind = 'close(VFIO device)'
const nestedAlloc = 'IOMMU_HWPT_ALLOC(NESTED)'
const mockDomain = 'IOMMU_TEST_CMD(MOCK_DOMAIN)'
const mockReplace = 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)'
const pagingAlloc = 'IOMMU_HWPT_ALLOC(PAGING)'

/** A mutation for every property: one that nothing can break says nothing. */
export const mutations: readonly Mutation[] = [
  {
    says: 'a vIOMMU is destroyed whoever uses it',
    breaks: [
      'viommu-pinned-by-ste',
      'viommu-lives',
      'destroy-busy-changes-nothing',
      'nested-through-its-viommu',
      'dangling',
    ],
    set: calm,
    kinds: ({ viommus: count }) => ({
      viommu: { machine: withTransition(viommu, 'live', 'remove', always), count },
    }),
  },
  {
    says: 'a nested HWPT does not hold its vIOMMU',
    breaks: ['viommu-pinned-by-ste', 'users-count-holders-viommu'],
    set: calm,
    omit: omit(nestedAlloc, 'viommu', 'inc'),
  },
  {
    says: 'a paging HWPT is destroyed whoever uses it',
    breaks: ['nest-parent-lives', 'attached-hwpt-lives'],
    set: calm,
    kinds: ({ nestParents: count }) => ({
      hwptPaging: {
        machine: withTransition(hwptPaging, 'live', 'remove', always),
        count,
        input: () => ({ nestParent: true, auto: false }),
      },
    }),
  },
  {
    says: 'an IOAS is destroyed whoever uses it',
    breaks: ['ioas-lives'],
    set: bare,
    kinds: ({ ioas: count }) => ({
      ioas: { machine: withTransition(ioas, 'live', 'remove', always), count },
    }),
  },
  {
    says: 'a page table does not hold its IOAS',
    breaks: ['users-count-holders-ioas'],
    set: calm,
    omit: omit(pagingAlloc, 'ioas', 'inc'),
  },
  {
    says: 'a vIOMMU does not hold its parent',
    breaks: ['users-count-holders-hwptPaging'],
    set: calm,
    omit: omit('IOMMU_VIOMMU_ALLOC', 'hwptPaging', 'inc'),
  },
  {
    says: 'an attachment does not hold its automatic HWPT',
    breaks: ['users-count-holders-hwptAuto'],
    set: bare,
    omit: omit(attach, 'hwptAuto', 'inc'),
  },
  {
    says: 'an attachment does not hold its nested HWPT',
    breaks: ['users-count-holders-hwptNested'],
    set: calm,
    omit: omit(attach, 'hwptNested', 'inc'),
  },
  {
    says: 'a VDEVICE keeps two references to its vIOMMU',
    breaks: ['users-count-holders-viommu'],
    set: calm,
    omit: omit('IOMMU_VDEVICE_ALLOC', 'viommu', 'dec'),
  },
  {
    says: 'an ATTACH keeps a VDEVICE that it looked up',
    breaks: ['users-count-holders-vdevice'],
    set: calm,
    omit: omit(attach, 'vdevice', 'dec'),
  },
  {
    says: 'an attachment does not hold its device',
    breaks: ['users-count-holders-device'],
    set: bare,
    omit: omit(attach, 'device', 'inc'),
  },
  {
    says: 'an ATTACH goes on being waited for',
    breaks: ['wait-counts-holders', 'wait-at-most-users'],
    set: bare,
    omit: omit(attach, 'ioas', 'wake'),
  },
  {
    says: 'an object keeps its users when it loses its id',
    breaks: ['live-has-users'],
    scope: 'race',
    set: bare,
    kinds: ({ ioas: count }) => ({
      ioas: {
        machine: withTransition(ioas, 'live', 'remove', { ...guarded, actions: 'wake' }),
        count,
      },
    }),
  },
  {
    says: 'a device has several VDEVICEs',
    breaks: ['one-vdevice-per-device'],
    set: { ...pair, devices: 1, groups: 1, virtIds: 2 },
    omit: omit('IOMMU_VDEVICE_ALLOC', 'device', 'setVdev'),
  },
  {
    says: 'virtual ids are not unique',
    breaks: ['one-vdevice-per-virtual-id'],
    set: pair,
    actions: unchecked({ virtId: false }),
  },
  {
    says: 'an unbind leaves its VDEVICE in memory',
    breaks: ['vdevice-device-bound', 'unbound-has-no-vdevice'],
    set: calm,
    omit: omit(unbind, 'vdevice', 'kfree'),
  },
  {
    says: 'a VDEVICE that is being destroyed stays known to its vIOMMU',
    breaks: ['viommu-lives', 'dangling'],
    scope: 'race',
    set: { ...pair, devices: 1, groups: 1, vdevices: 1 },
    omit: omit('IOMMU_DESTROY', 'vdevice', 'erase'),
  },
  {
    says: 'a device that is being unbound can get a VDEVICE',
    breaks: ['no-vdevice-while-destroying'],
    scope: 'race',
    set: { ...pair, devices: 1, groups: 1, vdevices: 1 },
    actions: unchecked({ destroying: false }),
  },
  {
    says: 'a bind does not claim the group',
    breaks: ['one-owner', 'kernel-driver-alone'],
    set: { ...bare, owners: 1 },
    omit: omit(bind, 'group', 'claim'),
  },
  {
    says: 'a detach leaves the core attached',
    breaks: ['owned-off-default', 'core-agrees'],
    set: bare,
    omit: omit(detach, 'group', 'detach'),
  },
  {
    says: 'an attach does not tell the core',
    breaks: ['core-agrees'],
    set: bare,
    omit: omit(attach, 'group', 'attach'),
  },
  {
    says: 'an attach does not write the stream table',
    breaks: ['ste-agrees'],
    set: calm,
    omit: omit(attach, 'ste', 'nested'),
  },
  {
    says: 'a detach leaves the group attached',
    breaks: ['one-hwpt-per-group'],
    set: bare,
    omit: omit(detach, 'igroup', 'detach'),
  },
  {
    says: 'ownership is released whatever is attached',
    breaks: ['released-with-empty-table'],
    set: { ...bare, closing: 0 },
    omit: omit(unbind, 'group', 'detach'),
    kinds: ({ groups: count }) => ({
      group: { machine: group.provide({ guards: { noHandle: () => true } }), count },
    }),
  },
  {
    says: 'a VIOMMU_ALLOC keeps the parent that it looked up, so that closing cannot free it',
    breaks: ['closed-is-empty'],
    set: calm,
    omit: omit('IOMMU_VIOMMU_ALLOC', 'hwptPaging', 'dec'),
  },
  {
    says: 'an unbind gives the id of the VDEVICE back',
    breaks: ['unbind-leaves-tombstone'],
    set: calm,
    omit: omit(unbind, 'ictx', 'tombstone'),
  },
  {
    says: 'a second tombstone undoes the first',
    breaks: ['tombstone-until-close'],
    set: calm,
    kinds: () => ({
      ictx: {
        machine: withTransition(ictx, 'open', 'tombstone', {
          actions: toggled('tombstone'),
          description: 'mutation',
        }),
        count: 1,
      },
    }),
  },
  {
    says: 'the driver of a device does not hold it',
    breaks: ['device-not-destroyable'],
    set: bare,
    omit: omit(bind, 'device', 'inc'),
  },
  {
    says: 'a free id is EBUSY',
    breaks: ['destroy-dead-is-enoent'],
    set: bare,
    kinds: ({ ioas: count }) => ({
      ioas: {
        machine: withTransition(ioas, 'free', 'remove', refuse('EBUSY', 'mutation', 'mutation')),
        count,
      },
    }),
  },
  {
    says: 'a failed IOAS_ALLOC keeps the object',
    breaks: ['failed-leaves-no-trace'],
    set: { ...bare, failures: 1 },
    omit: omit('IOMMU_IOAS_ALLOC', 'ioas', 'abort'),
  },
  {
    says: 'EFAULT leaves the device attached',
    breaks: ['attach-efault-detaches'],
    set: { ...bare, failures: 1 },
    omit: omit(attach, 'device', 'detach'),
  },
  {
    says: 'a detach leaves the device attached',
    breaks: ['detached-is-blocked'],
    set: bare,
    omit: omit(detach, 'device', 'detach'),
  },
  {
    says: 'a detach keeps the automatic HWPT',
    breaks: ['auto-hwpt-attached'],
    set: bare,
    omit: omit(detach, 'hwptAuto', 'dec'),
  },
  {
    says: 'the driver attaches unknown devices',
    breaks: ['nested-attach-has-vdevice'],
    set: calm,
    ops: { attachDev: () => null },
  },
  {
    says: 'MOCK_DOMAIN does not attach',
    breaks: ['mock-device-attached'],
    driver: 'mock',
    set: bare,
    omit: omit(mockDomain, 'device', 'attach'),
  },
  {
    says: 'a mock device stays in memory without its test object',
    breaks: ['mock-device-has-selftest'],
    driver: 'mock',
    set: bare,
    omit: omit('IOMMU_DESTROY', 'device', 'kfree'),
  },
  {
    says: 'MOCK_DOMAIN does not tell the core',
    breaks: ['pasid-check-agrees', 'pasid-check-never-detached', 'core-agrees'],
    driver: 'mock',
    set: bare,
    omit: omit(mockDomain, 'group', 'attach'),
  },
  {
    says: 'MOCK_DOMAIN_REPLACE does not move the group',
    breaks: ['replace-efault-moves', 'core-agrees'],
    driver: 'mock',
    set: { ...bare, pagings: 1, failures: 1 },
    omit: omit(mockReplace, 'igroup', 'replace'),
  },
  {
    says: 'MOCK_DOMAIN_REPLACE keeps the test object that it looked up',
    breaks: ['users-count-holders-selftest'],
    driver: 'mock',
    set: bare,
    omit: omit(mockReplace, 'selftest', 'dec'),
  },
  {
    says: 'a test object is destroyed whoever uses it',
    breaks: ['accepted', 'deadlock'],
    driver: 'mock',
    scope: 'race',
    set: bare,
    kinds: () => ({
      selftest: { machine: withTransition(selftest, 'live', 'remove', always), per: 'device' },
    }),
  },
  {
    says: 'DESTROY of a test object gives the id of the VDEVICE back',
    breaks: ['unbind-leaves-tombstone'],
    driver: 'mock',
    set: calm,
    omit: omit('IOMMU_DESTROY', 'ictx', 'tombstone'),
  },
  {
    says: 'the mock driver attaches unknown devices',
    breaks: ['nested-attach-has-vdevice'],
    driver: 'mock',
    set: calm,
    ops: { attachDev: () => null },
  },
  ...(
    [
      ['ioas', pagingAlloc, {}],
      ['hwptPaging', 'IOMMU_VIOMMU_ALLOC', { nestParents: 1, viommus: 1 }],
      ['hwptAuto', attach, {}],
      ['hwptNested', attach, { nestParents: 1, viommus: 1, nested: 1, vdevices: 1, virtIds: 1 }],
      ['viommu', 'IOMMU_VDEVICE_ALLOC', { nestParents: 1, viommus: 1, vdevices: 1, virtIds: 1 }],
      ['device', attach, {}],
    ] as const
  ).map(([kind, action, set]) => ({
    says: `with two callers, ${action} does not hold the ${kind}`,
    breaks: [`users-cover-holders-${kind}`],
    scope: 'race' as const,
    set: { ...bare, pagings: kind === 'ioas' ? 1 : 0, ...set },
    omit: omit(action, kind, 'inc'),
  })),
]
