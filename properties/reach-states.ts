import { mockDomain } from '../spec/ioctls/test-cmd/mock-domain.ts'
import { cover, interleaved, ofMockDevices, where, type Placed } from './property.ts'
import { kernel, uapi } from './sources.ts'

const nestedThroughViommu = cover('reach-nested-through-viommu', {
  says: 'A group can be attached to a nested HWPT that was made through a vIOMMU.',
  source: [kernel('iommufd_viommu_alloc_hwpt_nested')],
  holds: ({ igroup, hwptNested }) =>
    hwptNested.some((n) => n.context.viommu !== null && igroup.some((g) => g.context.hwpt === n)),
})

const nestedOnParent = cover('reach-nested-on-parent', {
  says: 'A group can be attached to a nested HWPT that was made on its parent.',
  source: [kernel('iommufd_hwpt_nested_alloc')],
  where: (_, { driver }) => driver.domainAllocNested !== undefined,
  holds: ({ igroup, hwptNested }) =>
    hwptNested.some(
      (n) => n.in('live') && n.context.viommu === null && igroup.some((g) => g.context.hwpt === n),
    ),
})

const autoAttached = cover('reach-auto', {
  says: 'A group can be attached to an automatic HWPT.',
  source: [kernel('iommufd_device_auto_get_domain')],
  holds: ({ igroup, hwptAuto }) =>
    hwptAuto.some((h) => h.in('live') && igroup.some((g) => g.context.hwpt === h)),
})

const tombstone = cover('reach-tombstone', {
  says: 'Unbinding a device can leave a tombstone.',
  source: [uapi('IOMMU_VDEVICE_ALLOC')],
  holds: ({ ictx }) => ictx.only.context.tombstone,
})

const staleVdevice = cover('reach-attached-without-vdevice', {
  says: 'A VDEVICE can be destroyed while its device is attached to a nested HWPT of the same vIOMMU.',
  source: [kernel('iommufd_vdevice_destroy')],
  holds: ({ device, igroup }) =>
    device.some((d) => {
      if (d.context.vdev !== null) return false
      const { hwpt } = igroup.of(d.context.group).context
      return (
        hwpt !== null &&
        hwpt.kind === 'hwptNested' &&
        hwpt.context.viommu !== null &&
        hwpt.context.translate
      )
    }),
})

const autoOutlives = cover('reach-auto-outlives', {
  says: 'An automatic HWPT outlives its last attachment where a call, which then fails, holds it at that moment.',
  source: [kernel('iommufd_object_put_and_try_destroy')],
  // Another device must fail in the middle of an attach to it: the device that it was made for is
  // locked.
  where: ({ callers, devices, failures }) => callers > 0 && devices > 1 && failures > 0,
  holds: ({ hwptAuto }) => hwptAuto.some((h) => h.in('live') && h.context.users === 1),
})

const doomedVdevice = cover('reach-destroy-against-unbind', {
  says: 'An unbind can find the VDEVICE of its device unlinked by a DESTROY that is not done with it.',
  source: [kernel('iommufd_device_remove_vdev')],
  where: interleaved,
  // The unbind itself unlinks it with a tombstone.
  holds: ({ device, ictx }) =>
    !ictx.only.context.tombstone &&
    device.some(
      (d) => d.context.destroying && d.context.vdev !== null && d.context.vdev.in('removing'),
    ),
})

const sleepingUnbind = cover('reach-unbind-sleeps', {
  says: 'An unbind can have to wait for a call that holds the device.',
  source: [kernel('iommufd_object_dec_wait')],
  where: interleaved,
  holds: ({ device }) =>
    device.some((d) => d.context.destroying && d.context.vdev === null && d.context.waitCnt > 0),
})

const failedTombstone = cover('reach-tombstone-of-failure', {
  says: 'A MOCK_DOMAIN that fails can leave a tombstone, as its device can be named, and get a VDEVICE, before it is attached.',
  source: [kernel('iommufd_test_mock_domain')],
  where: where(interleaved, ofMockDevices),
  on: [mockDomain],
  outcome: 'step',
  happens: ({ before, after }) =>
    !before.ictx.only.context.tombstone && after.ictx.only.context.tombstone,
})

/** Covers of states. */
export const reachStates: readonly Placed[] = [
  nestedThroughViommu,
  autoAttached,
  tombstone,
  staleVdevice,
  nestedOnParent,
  doomedVdevice,
  sleepingUnbind,
  failedTombstone,
  autoOutlives,
]
