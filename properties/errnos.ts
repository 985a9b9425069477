import type { Bounds } from '../spec/bounds.ts'
import type { Errno } from '../machines/errno.ts'
import type { Profile } from '../spec/profiles/index.ts'

/** An outcome that a call can have. */
export interface Reach {
  readonly call: string
  readonly errno: Errno
  /** What the bounds and the driver must have for it, beside the call. */
  readonly needs?: (bounds: Bounds, profile: Profile) => boolean
}

const failing = (bounds: Bounds) => bounds.failures > 0
const owners = (bounds: Bounds) => bounds.owners > 0

/** Outcomes beside success that the kernel has and the model must have. */
export const reach: readonly Reach[] = [
  { call: 'kernel driver bind', errno: 'EBUSY' },
  { call: 'other owner claim', errno: 'EPERM' },
  { call: 'VFIO_DEVICE_BIND_IOMMUFD', errno: 'EINVAL' },
  { call: 'VFIO_DEVICE_BIND_IOMMUFD', errno: 'EPERM', needs: owners },
  { call: 'VFIO_DEVICE_BIND_IOMMUFD', errno: 'ENOMEM', needs: failing },
  { call: 'VFIO_DEVICE_BIND_IOMMUFD', errno: 'EFAULT', needs: failing },
  { call: 'open(/dev/iommu)', errno: 'ENOMEM', needs: failing },
  { call: 'IOMMU_IOAS_ALLOC', errno: 'ENOMEM', needs: failing },
  { call: 'IOMMU_IOAS_ALLOC', errno: 'EFAULT', needs: failing },
  { call: 'IOMMU_HWPT_ALLOC(PAGING)', errno: 'ENOENT' },
  { call: 'IOMMU_HWPT_ALLOC(PAGING)', errno: 'EINVAL' },
  { call: 'IOMMU_HWPT_ALLOC(PAGING)', errno: 'ENOMEM', needs: failing },
  { call: 'IOMMU_HWPT_ALLOC(PAGING)', errno: 'EFAULT', needs: failing },
  { call: 'IOMMU_HWPT_ALLOC(NESTED)', errno: 'ENOENT' },
  { call: 'IOMMU_HWPT_ALLOC(NESTED)', errno: 'EINVAL' },
  {
    call: 'IOMMU_HWPT_ALLOC(NESTED)',
    errno: 'EOPNOTSUPP',
    needs: (_, { driver }) => driver.domainAllocNested === undefined,
  },
  { call: 'IOMMU_HWPT_ALLOC(NESTED)', errno: 'ENOMEM', needs: failing },
  {
    call: 'IOMMU_HWPT_ALLOC(NESTED)',
    errno: 'EIO',
    needs: (bounds, { name }) => failing(bounds) && name === 'smmuv3',
  },
  { call: 'IOMMU_HWPT_ALLOC(NESTED)', errno: 'EFAULT', needs: failing },
  { call: 'IOMMU_VIOMMU_ALLOC', errno: 'ENOENT' },
  { call: 'IOMMU_VIOMMU_ALLOC', errno: 'EINVAL' },
  { call: 'IOMMU_VIOMMU_ALLOC', errno: 'ENOMEM', needs: failing },
  { call: 'IOMMU_VIOMMU_ALLOC', errno: 'EFAULT', needs: failing },
  { call: 'IOMMU_VDEVICE_ALLOC', errno: 'ENOENT' },
  { call: 'IOMMU_VDEVICE_ALLOC', errno: 'EEXIST', needs: ({ vdevices }) => vdevices > 1 },
  { call: 'IOMMU_VDEVICE_ALLOC', errno: 'ENOMEM', needs: failing },
  {
    call: 'IOMMU_VDEVICE_ALLOC',
    errno: 'EOPNOTSUPP',
    needs: (bounds, { driver }) => failing(bounds) && driver.vdeviceInit !== undefined,
  },
  { call: 'IOMMU_VDEVICE_ALLOC', errno: 'EFAULT', needs: failing },
  { call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT', errno: 'ENOENT' },
  { call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT', errno: 'EINVAL' },
  { call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT', errno: 'ENOMEM', needs: failing },
  { call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT', errno: 'EFAULT', needs: failing },
  { call: 'VFIO_DEVICE_DETACH_IOMMUFD_PT', errno: 'EINVAL' },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)', errno: 'ENOENT' },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)', errno: 'EINVAL' },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)', errno: 'ENOMEM', needs: failing },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)', errno: 'EFAULT', needs: failing },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', errno: 'ENOENT' },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', errno: 'EINVAL' },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', errno: 'ENOMEM', needs: failing },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', errno: 'EFAULT', needs: failing },
  { call: 'IOMMU_TEST_CMD(PASID_CHECK_HWPT)', errno: 'ENOENT' },
  { call: 'IOMMU_TEST_CMD(PASID_CHECK_HWPT)', errno: 'EINVAL' },
  { call: 'IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)', errno: 'ENOENT' },
  { call: 'IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)', errno: 'EINVAL' },
  { call: 'IOMMU_DESTROY', errno: 'ENOENT' },
  { call: 'IOMMU_DESTROY', errno: 'EBUSY' },
]

/** An outcome that the kernel has and the model leaves out. */
export interface Excluded {
  /** The call's name; `any` for all calls. */
  readonly call: string
  /** The errno. */
  readonly errno: string
  /** Why it is left out. */
  readonly why: string
}

const mappings = 'mappings and reserved regions are not modelled'
const dataArguments = 'what user space says of its data is no state'

/** Outcomes that the kernel has and the model leaves out, and why. */
export const excluded: readonly Excluded[] = [
  {
    call: 'any',
    errno: 'EOPNOTSUPP',
    why: 'flags and types are arguments, not state; where a call tests them, before its look-ups or after, differs by call',
  },
  { call: 'any', errno: 'E2BIG', why: 'the size of an argument is no state' },
  {
    call: 'any',
    errno: 'EINVAL',
    why: 'of an argument that is too short, of flags of the VFIO calls: arguments are no state',
  },
  {
    call: 'any',
    errno: 'EFAULT',
    why: 'arguments that cannot be read fail, mostly before anything else; where later, it is modelled',
  },
  {
    call: 'IOMMU_DESTROY',
    errno: 'EBUSY',
    why: 'of a vIOMMU with an event queue or a hardware queue (`IOMMU_VEVENTQ_ALLOC`, `IOMMU_HW_QUEUE_ALLOC`): they are not modelled; nor are other objects that hold one',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'ENODEV',
    why: 'every device of the model has a group',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'EACCES',
    why: 'the token of a virtual function is not modelled',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'EBADF',
    why: 'descriptors other than the one context are not modelled',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'EBUSY',
    why: 'VFIO containers, which keep the group open (`vfio_device_block_group`), and devices under reset are not modelled',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'EPERM',
    why: 'of unsafe interrupts: isolation of MSIs is not modelled; the other EPERM, of another owner, is',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'EINVAL',
    why: 'of devices without cache coherency or with direct mappings: there are none; the other EINVAL, of a bound device, is modelled',
  },
  {
    call: 'VFIO_DEVICE_BIND_IOMMUFD',
    errno: 'others',
    why: "the VFIO driver's `open_device`, after which the device is unbound, does not fail",
  },
  { call: 'IOMMU_HWPT_ALLOC(PAGING)', errno: 'EADDRINUSE', why: mappings },
  {
    call: 'IOMMU_HWPT_ALLOC(PAGING)',
    errno: 'EOPNOTSUPP',
    why: 'flags other than `NEST_PARENT` are not modelled',
  },
  {
    call: 'IOMMU_HWPT_ALLOC(PAGING)',
    errno: 'ENOSPC',
    why: 'of VMIDs, and `EBUSY` of ASIDs: SMMUv3 has enough of them',
  },
  {
    call: 'IOMMU_HWPT_ALLOC(NESTED)',
    errno: 'EOPNOTSUPP',
    why: `of flags and data types: ${dataArguments}; the one of a parent is modelled`,
  },
  {
    call: 'IOMMU_HWPT_ALLOC(NESTED)',
    errno: 'EINVAL',
    why: `of data without a type, or a type without data: ${dataArguments}; of another IOMMU: there is one`,
  },
  {
    call: 'IOMMU_HWPT_ALLOC(NESTED)',
    errno: 'ENOENT',
    why: 'of a fault queue: page faults are not modelled; the one of a device is',
  },
  {
    call: 'IOMMU_VIOMMU_ALLOC',
    errno: 'EOPNOTSUPP',
    why: 'both drivers have vIOMMUs; the type is an argument',
  },
  {
    call: 'IOMMU_VIOMMU_ALLOC',
    errno: 'EINVAL',
    why: 'of a parent behind another IOMMU: there is one IOMMU',
  },
  {
    call: 'IOMMU_VDEVICE_ALLOC',
    errno: 'EINVAL',
    why: 'there is one IOMMU, so a device is never behind another than the vIOMMU; a virtual id beyond `ULONG_MAX` is an argument',
  },
  {
    call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
    errno: 'EBUSY',
    why: 'VFIO turns an attach of an attached device into a replacement; PASIDs and resets, which can be in the way, are not modelled',
  },
  { call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT', errno: 'EADDRINUSE', why: mappings },
  {
    call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
    errno: 'EOPNOTSUPP',
    why: 'of `arm_smmu_enable_iopf`: page faults are not modelled',
  },
  {
    call: 'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
    errno: 'EINVAL',
    why: 'of arguments, of PASIDs, of another SMMU, of MSI windows, of page sizes, of devices that differ (cache coherency, PRI): none of these is modelled',
  },
  {
    call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)',
    errno: 'EPERM',
    why: 'the group of a new mock device has no owner, and isolation of MSIs is not asked of it',
  },
  {
    call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)',
    errno: 'EBUSY',
    why: 'a new mock device is attached to nothing',
  },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)', errno: 'EADDRINUSE', why: mappings },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN)', errno: 'ENODEV', why: 'page faults are not modelled' },
  { call: 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', errno: 'EADDRINUSE', why: mappings },
  {
    call: 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)',
    errno: 'ENODEV',
    why: 'page faults are not modelled',
  },
]
