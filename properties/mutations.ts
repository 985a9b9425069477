/*
 * Longer than other files: one list, in which each property is to be found as often as it is broken.
 */
import { refuse } from '../machines/errno.ts'
import { toggled } from '../machines/mutant.ts'
import type { Bounds, ProfileName, ProposalText, ScopeName } from '../spec/index.ts'
import { destroy } from '../spec/ioctls/destroy.ts'
import { hwptAllocPaging } from '../spec/ioctls/hwpt-alloc.ts'
import { ioasAlloc } from '../spec/ioctls/ioas-alloc.ts'
import { mockDomain } from '../spec/ioctls/test-cmd/mock-domain.ts'
import { mockDomainReplace } from '../spec/ioctls/test-cmd/mock-domain-replace.ts'
import { vdeviceAlloc } from '../spec/ioctls/vdevice-alloc.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { vfioBind } from '../spec/ioctls/vfio-bind.ts'
import { vfioClose } from '../spec/ioctls/vfio-close.ts'
import { vfioDetach } from '../spec/ioctls/vfio-detach.ts'
import { viommuAlloc } from '../spec/ioctls/viommu-alloc.ts'
import { sends } from '../spec/sends.ts'
import { transition } from '../spec/transition.ts'
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
import type { Placed } from './property.ts'

/** Properties of any system. */
type BuiltIn = 'accepted' | 'dangling' | 'deadlock'

/**
 * A proposal that breaks a rule of the specification on purpose, and the properties that it breaks.
 */
export interface Mutation extends ProposalText {
  /** Properties that must notice, among others. */
  readonly breaks: readonly (Placed | BuiltIn)[]
  readonly scope?: ScopeName
  readonly driver?: ProfileName
  readonly set?: Partial<Bounds>
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

const releasedAnyway = [
  {
    guard: 'several',
    actions: 'less',
    description: 'one device less',
    meta: { kernel: 'mutation' },
  },
  {
    target: 'unowned',
    actions: 'disowned',
    description: 'nobody owns it',
    meta: { kernel: 'mutation' },
  },
]

/** A mutation for every property: one that nothing can break says nothing. */
export const mutations: readonly Mutation[] = [
  {
    says: 'a vIOMMU is destroyed whoever uses it',
    breaks: [
      viommuPinnedBySte,
      viommuLives,
      destroyBusyChangesNothing,
      nestedThroughItsViommu,
      'dangling',
    ],
    set: calm,
    transitions: [transition('viommu', 'live', 'remove', always)],
  },
  {
    says: 'a nested HWPT does not hold its vIOMMU',
    breaks: [viommuPinnedBySte, usersCountHolders.viommu],
    set: calm,
    rules: { nestedPinsViommu: false },
  },
  {
    says: 'a paging HWPT is destroyed whoever uses it',
    breaks: [nestParentLives, attachedHwptLives],
    set: calm,
    transitions: [transition('hwptPaging', 'live', 'remove', always)],
  },
  {
    says: 'an IOAS is destroyed whoever uses it',
    breaks: [ioasLives],
    set: bare,
    transitions: [transition('ioas', 'live', 'remove', always)],
  },
  {
    says: 'a page table does not hold its IOAS',
    breaks: [usersCountHolders.ioas],
    set: calm,
    omit: [sends(hwptAllocPaging, 'ioas', 'inc')],
  },
  {
    says: 'a vIOMMU does not hold its parent',
    breaks: [usersCountHolders.hwptPaging],
    set: calm,
    omit: [sends(viommuAlloc, 'hwptPaging', 'inc')],
  },
  {
    says: 'an attachment does not hold its automatic HWPT',
    breaks: [usersCountHolders.hwptAuto],
    set: bare,
    omit: [sends(vfioAttach, 'hwptAuto', 'inc')],
  },
  {
    says: 'an attachment does not hold its nested HWPT',
    breaks: [usersCountHolders.hwptNested],
    set: calm,
    omit: [sends(vfioAttach, 'hwptNested', 'inc')],
  },
  {
    says: 'a VDEVICE keeps two references to its vIOMMU',
    breaks: [usersCountHolders.viommu],
    set: calm,
    omit: [sends(vdeviceAlloc, 'viommu', 'dec')],
  },
  {
    says: 'an ATTACH keeps a VDEVICE that it looked up',
    breaks: [usersCountHolders.vdevice],
    set: calm,
    omit: [sends(vfioAttach, 'vdevice', 'dec')],
  },
  {
    says: 'an attachment does not hold its device',
    breaks: [usersCountHolders.device],
    set: bare,
    omit: [sends(vfioAttach, 'device', 'inc')],
  },
  {
    says: 'an ATTACH goes on being waited for',
    breaks: [waitCountsHolders, waitAtMostUsers],
    set: bare,
    omit: [sends(vfioAttach, 'ioas', 'wake')],
  },
  {
    says: 'an object keeps its users when it loses its id',
    breaks: [liveHasUsers],
    scope: 'race',
    set: bare,
    transitions: [transition('ioas', 'live', 'remove', { ...guarded, actions: 'wake' })],
  },
  {
    says: 'a device has several VDEVICEs',
    breaks: [oneVdevicePerDevice],
    set: { ...pair, devices: 1, groups: 1, virtIds: 2 },
    rules: { oneVdevicePerDevice: false },
  },
  {
    says: 'virtual ids are not unique',
    breaks: [oneVdevicePerVirtualId],
    set: pair,
    rules: { oneDevicePerVirtualId: false },
  },
  {
    says: 'an unbind leaves its VDEVICE in memory',
    breaks: [vdeviceDeviceBound, unboundHasNoVdevice],
    set: calm,
    omit: [sends(vfioClose, 'vdevice', 'kfree')],
  },
  {
    says: 'a VDEVICE that is being destroyed stays known to its vIOMMU',
    breaks: [viommuLives, 'dangling'],
    scope: 'race',
    set: { ...pair, devices: 1, groups: 1, vdevices: 1 },
    omit: [sends(destroy, 'vdevice', 'erase')],
  },
  {
    says: 'a device that is being unbound can get a VDEVICE',
    breaks: [noVdeviceWhileDestroying],
    scope: 'race',
    set: { ...pair, devices: 1, groups: 1, vdevices: 1 },
    rules: { noVdeviceWhileUnbinding: false },
  },
  {
    says: 'a bind does not claim the group',
    breaks: [oneOwner, kernelDriverAlone],
    set: { ...bare, owners: 1 },
    omit: [sends(vfioBind, 'group', 'claim')],
  },
  {
    says: 'a detach leaves the core attached',
    breaks: [ownedOffDefault, coreAgrees],
    set: bare,
    omit: [sends(vfioDetach, 'group', 'detach')],
  },
  {
    says: 'an attach does not tell the core',
    breaks: [coreAgrees],
    set: bare,
    omit: [sends(vfioAttach, 'group', 'attach')],
  },
  {
    says: 'an attach does not write the stream table',
    breaks: [steAgrees],
    set: calm,
    omit: [sends(vfioAttach, 'ste', 'nested')],
  },
  {
    says: 'a detach leaves the group attached',
    breaks: [oneHwptPerGroup],
    set: bare,
    omit: [sends(vfioDetach, 'igroup', 'detach')],
  },
  {
    says: 'ownership is released whatever is attached',
    breaks: [releasedWithEmptyTable],
    set: { ...bare, closing: 0 },
    omit: [sends(vfioClose, 'group', 'detach')],
    transitions: [transition('group', 'iommufd', 'release', releasedAnyway)],
  },
  {
    says: 'a VIOMMU_ALLOC keeps the parent that it looked up, so that closing cannot free it',
    breaks: [closedIsEmpty],
    set: calm,
    omit: [sends(viommuAlloc, 'hwptPaging', 'dec')],
  },
  {
    says: 'an unbind gives the id of the VDEVICE back',
    breaks: [unbindLeavesTombstone],
    set: calm,
    rules: { idOfUnboundVdevice: 'is free' },
  },
  {
    says: 'a second tombstone undoes the first',
    breaks: [tombstoneUntilClose],
    set: calm,
    transitions: [
      transition('ictx', 'open', 'tombstone', {
        actions: toggled('tombstone'),
        description: 'mutation',
      }),
    ],
  },
  {
    says: 'the driver of a device does not hold it',
    breaks: [deviceNotDestroyable],
    set: bare,
    omit: [sends(vfioBind, 'device', 'inc')],
  },
  {
    says: 'a free id is EBUSY',
    breaks: [destroyDeadIsEnoent],
    set: bare,
    transitions: [transition('ioas', 'free', 'remove', refuse('EBUSY', 'mutation', 'mutation'))],
  },
  {
    says: 'a failed IOAS_ALLOC keeps the object',
    breaks: [failedLeavesNoTrace],
    set: { ...bare, failures: 1 },
    omit: [sends(ioasAlloc, 'ioas', 'abort')],
  },
  {
    says: 'EFAULT leaves the device attached',
    breaks: [attachEfaultDetaches],
    set: { ...bare, failures: 1 },
    omit: [sends(vfioAttach, 'device', 'detach')],
  },
  {
    says: 'a detach leaves the device attached',
    breaks: [detachedIsBlocked],
    set: bare,
    omit: [sends(vfioDetach, 'device', 'detach')],
  },
  {
    says: 'a detach keeps the automatic HWPT',
    breaks: [autoHwptAttached],
    set: bare,
    omit: [sends(vfioDetach, 'hwptAuto', 'dec')],
  },
  {
    says: 'the driver attaches unknown devices',
    breaks: [nestedAttachHasVdevice],
    set: calm,
    rules: { nestedNeedsVdevice: false },
  },
  {
    says: 'MOCK_DOMAIN does not attach',
    breaks: [mockDeviceAttached],
    driver: 'mock',
    set: bare,
    omit: [sends(mockDomain, 'device', 'attach')],
  },
  {
    says: 'a mock device stays in memory without its test object',
    breaks: [mockDeviceHasSelftest],
    driver: 'mock',
    set: bare,
    omit: [sends(destroy, 'device', 'kfree')],
  },
  {
    says: 'MOCK_DOMAIN does not tell the core',
    breaks: [pasidCheckAgrees, pasidCheckNeverDetached, coreAgrees],
    driver: 'mock',
    set: bare,
    omit: [sends(mockDomain, 'group', 'attach')],
  },
  {
    says: 'MOCK_DOMAIN_REPLACE does not move the group',
    breaks: [replaceEfaultMoves, coreAgrees],
    driver: 'mock',
    set: { ...bare, pagings: 1, failures: 1 },
    omit: [sends(mockDomainReplace, 'igroup', 'replace')],
  },
  {
    says: 'MOCK_DOMAIN_REPLACE keeps the test object that it looked up',
    breaks: [usersCountHolders.selftest],
    driver: 'mock',
    set: bare,
    omit: [sends(mockDomainReplace, 'selftest', 'dec')],
  },
  {
    says: 'a test object is destroyed whoever uses it',
    breaks: ['accepted', 'deadlock'],
    driver: 'mock',
    scope: 'race',
    set: bare,
    transitions: [transition('selftest', 'live', 'remove', always)],
  },
  {
    says: 'DESTROY of a test object gives the id of the VDEVICE back',
    breaks: [unbindLeavesTombstone],
    driver: 'mock',
    set: calm,
    omit: [sends(destroy, 'ictx', 'tombstone')],
  },
  {
    says: 'the mock driver attaches unknown devices',
    breaks: [nestedAttachHasVdevice],
    driver: 'mock',
    set: calm,
    ops: { mock: { attachDev: () => null } },
  },
  ...(
    [
      ['ioas', sends(hwptAllocPaging, 'ioas', 'inc'), { pagings: 1 }],
      ['hwptPaging', sends(viommuAlloc, 'hwptPaging', 'inc'), { nestParents: 1, viommus: 1 }],
      ['hwptAuto', sends(vfioAttach, 'hwptAuto', 'inc'), {}],
      [
        'hwptNested',
        sends(vfioAttach, 'hwptNested', 'inc'),
        { nestParents: 1, viommus: 1, nested: 1, vdevices: 1, virtIds: 1 },
      ],
      [
        'viommu',
        sends(vdeviceAlloc, 'viommu', 'inc'),
        { nestParents: 1, viommus: 1, vdevices: 1, virtIds: 1 },
      ],
      ['device', sends(vfioAttach, 'device', 'inc'), {}],
    ] as const
  ).map(([kind, left, set]) => ({
    says: `with two callers, ${left.action} does not hold the ${kind}`,
    breaks: [usersCoverHolders[kind]],
    scope: 'race' as const,
    set: { ...bare, ...set },
    omit: [left],
  })),
]

/** The ids of the properties that a mutation breaks. */
export const broken = ({ breaks }: Pick<Mutation, 'breaks'>): string[] =>
  breaks.map((one) => (typeof one === 'string' ? one : one.property.id))
