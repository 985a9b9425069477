import { kindOf } from '../../checker/inspect.ts'
import type { ProfileName } from '../../spec/index.ts'
import { destroy } from '../../spec/ioctls/destroy.ts'
import { hwptAllocNested, hwptAllocPaging } from '../../spec/ioctls/hwpt-alloc.ts'
import { ioasAlloc } from '../../spec/ioctls/ioas-alloc.ts'
import { mockDomainReplace } from '../../spec/ioctls/test-cmd/mock-domain-replace.ts'
import { mockDomain } from '../../spec/ioctls/test-cmd/mock-domain.ts'
import { pasidCheckDetached, pasidCheckHwpt } from '../../spec/ioctls/test-cmd/pasid-check-hwpt.ts'
import { vdeviceAlloc } from '../../spec/ioctls/vdevice-alloc.ts'
import { vfioAttach } from '../../spec/ioctls/vfio-attach.ts'
import { vfioBind } from '../../spec/ioctls/vfio-bind.ts'
import { vfioDetach } from '../../spec/ioctls/vfio-detach.ts'
import { viommuAlloc } from '../../spec/ioctls/viommu-alloc.ts'
import { constants } from '../index.ts'
import { bind, sibling, type Arguments, type Binding } from './binding.ts'

const {
  IOMMU_HWPT_ALLOC_NEST_PARENT,
  IOMMU_HWPT_DATA_SELFTEST,
  IOMMU_VIOMMU_TYPE_SELFTEST,
  IOMMU_TEST_IOTLB_DEFAULT,
} = constants

/** What an attach to `pt` attaches to: the HWPT itself, or the one that is made for an IOAS. */
const attached = ({ pt }: Arguments): string =>
  kindOf(pt) === 'ioas' ? sibling('hwptAuto', pt) : pt
const made = ({ as }: Arguments): string => as
// `iommufd_get_object` with a type gives ENOENT for an object of another type, as for none.
const typed = (param: string) => ({ param, others: 'unnamed' }) as const

/**
 * The ioctls that every driver has; `types` are the numbers by which user space asks for the
 * driver's own.
 */
const common = (types: { readonly viommu: number }): Binding[] => [
  bind({ action: ioasAlloc, ioctl: 'IOMMU_IOAS_ALLOC', out: { out_ioas_id: made } }),
  bind({
    action: hwptAllocPaging,
    ioctl: 'IOMMU_HWPT_ALLOC',
    ids: { dev_id: typed('dev'), pt_id: { param: 'pt' } },
    sorts: { flags: { nestParent: IOMMU_HWPT_ALLOC_NEST_PARENT } },
    any: ['data_uptr', 'fault_id'],
    out: { out_hwpt_id: made },
  }),
  bind({
    action: viommuAlloc,
    ioctl: 'IOMMU_VIOMMU_ALLOC',
    ids: { dev_id: typed('dev'), hwpt_id: typed('hwpt') },
    fixed: { type: types.viommu },
    any: ['data_uptr'],
    out: { out_viommu_id: made },
  }),
  bind({
    action: vdeviceAlloc,
    ioctl: 'IOMMU_VDEVICE_ALLOC',
    ids: { viommu_id: typed('viommu'), dev_id: typed('dev') },
    numbers: { virt_id: 'virtId' },
    out: { out_vdevice_id: made },
  }),
  bind({ action: destroy, ioctl: 'IOMMU_DESTROY', ids: { id: { param: 'obj' } } }),
]

const mock: readonly Binding[] = [
  ...common({ viommu: IOMMU_VIOMMU_TYPE_SELFTEST }),
  bind({
    action: hwptAllocNested,
    ioctl: 'IOMMU_HWPT_ALLOC',
    ids: { dev_id: typed('dev'), pt_id: { param: 'pt' } },
    fixed: { data_type: IOMMU_HWPT_DATA_SELFTEST, data_len: 8 },
    memory: {
      data_uptr: { struct: 'iommu_hwpt_selftest', in: { iotlb: IOMMU_TEST_IOTLB_DEFAULT } },
    },
    any: ['fault_id'],
    out: { out_hwpt_id: made },
  }),
  bind({
    action: mockDomain,
    ioctl: 'IOMMU_TEST_CMD',
    op: 'MOCK_DOMAIN',
    // The test object gets the first id, the device the second.
    ids: { id: { param: 'pt', itself: 1 } },
    out: {
      'mock_domain.out_stdev_id': ({ as }) => sibling('selftest', as),
      'mock_domain.out_hwpt_id': attached,
      'mock_domain.out_idev_id': made,
    },
  }),
  bind({
    action: mockDomainReplace,
    ioctl: 'IOMMU_TEST_CMD',
    op: 'MOCK_DOMAIN_REPLACE',
    ids: { id: typed('stdev'), 'mock_domain_replace.pt_id': { param: 'pt' } },
    out: { 'mock_domain_replace.pt_id': attached },
  }),
  bind({
    action: pasidCheckHwpt,
    ioctl: 'IOMMU_TEST_CMD',
    op: 'PASID_CHECK_HWPT',
    // `iommufd_get_hwpt` takes any object in hand and then says EINVAL of one that is no HWPT.
    ids: { id: typed('stdev'), 'pasid_check.hwpt_id': { param: 'hwpt', others: 'ioas' } },
    nonzero: ['pasid_check.hwpt_id'],
  }),
  bind({
    action: pasidCheckDetached,
    ioctl: 'IOMMU_TEST_CMD',
    op: 'PASID_CHECK_HWPT',
    ids: { id: typed('stdev') },
  }),
]

/** `IOMMU_VIOMMU_TYPE_ARM_SMMUV3`. */
const viommuArm = 1
const smmuv3: readonly Binding[] = [
  ...common({ viommu: viommuArm }),
  bind({
    action: vfioBind,
    ioctl: 'VFIO_DEVICE_BIND_IOMMUFD',
    descriptor: 'dev',
    any: ['iommufd', 'token_uuid_ptr'],
    out: { out_devid: ({ dev }) => dev },
  }),
  bind({
    action: vfioAttach,
    ioctl: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
    descriptor: 'dev',
    ids: { pt_id: { param: 'pt' } },
    any: ['pasid'],
    out: { pt_id: attached },
  }),
  bind({
    action: vfioDetach,
    ioctl: 'VFIO_DEVICE_DETACH_IOMMUFD_PT',
    descriptor: 'dev',
    any: ['pasid'],
  }),
]

/**
 * The ioctls of each driver's profile. Opening and closing descriptors are no ioctls:
 * `open(/dev/iommu)`, `close(/dev/iommu)`, `close(VFIO device)`. SMMUv3's nested HWPTs are left
 * out: whether one translates stands in memory, which ioctls only point to.
 */
export const bindings: Readonly<Record<ProfileName, readonly Binding[]>> = { mock, smmuv3 }
