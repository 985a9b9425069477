import { hwptAllocNested } from '../../spec/ioctls/hwpt-alloc.ts'
import { bind, bindings, type Binding } from '../../uapi/binding/index.ts'
import { constants } from '../../uapi/index.ts'

const typed = (param: string) => ({ param, others: 'unnamed' }) as const

/**
 * The calls of a machine with an Arm SMMUv3 and devices that come through VFIO; `data_uptr` of a
 * nested HWPT points to its STE.
 */
export const smmuv3Bindings: readonly Binding[] = [
  ...bindings.smmuv3,
  bind({
    action: hwptAllocNested,
    ioctl: 'IOMMU_HWPT_ALLOC',
    ids: { dev_id: typed('dev'), pt_id: { param: 'pt' } },
    fixed: { data_type: constants.IOMMU_HWPT_DATA_ARM_SMMUV3, data_len: 16 },
    any: ['data_uptr', 'fault_id'],
    out: { out_hwpt_id: ({ as }) => as },
  }),
]

/** `IOMMU_HW_INFO_TYPE_ARM_SMMUV3`. */
export const hwInfoArmSmmuv3 = 2
/** `IOMMU_VIOMMU_TYPE_ARM_SMMUV3`. */
export const viommuArmSmmuv3 = 1

/** `STRTAB_STE_0_V`, and where `STRTAB_STE_0_CFG` lies. */
const valid = 1
const configShift = 1

/**
 * What the first double word of a guest's STE can say, by the sort of nested HWPT that it makes;
 * the second is 0. One that translates has its context descriptors at address 0, where nothing is
 * mapped: devices under test do no DMA.
 */
export const stes = {
  translate: valid | (5 << configShift),
  bypass: valid | (4 << configShift),
  abort: valid | (0 << configShift),
} as const
/** A sort of STE. */
export type Ste = keyof typeof stes
