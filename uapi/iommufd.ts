import { overlaid, pointer, s32, struct, u16, u32, u64, u8, type Struct } from './layout.ts'

/** An ioctl: its request number and the struct that it takes. */
export interface Ioctl<N extends string = string> {
  /** As passed to `ioctl(2)`. */
  readonly request: number
  readonly struct: Struct<N>
}

const iommufdType = 0x3b
/** `_IO(IOMMUFD_TYPE, nr)`. */
export const iommufdRequest = (nr: number) => (iommufdType << 8) | nr

const ioctl = <N extends string>(nr: number, s: Struct<N>): Ioctl<N> => ({
  request: iommufdRequest(nr),
  struct: s,
})

/** The ioctls of `/dev/iommu`, from include/uapi/linux/iommufd.h. */
export const iommufdIoctls = {
  IOMMU_DESTROY: ioctl(0x80, struct('iommu_destroy', [u32('size'), u32('id')])),
  IOMMU_IOAS_ALLOC: ioctl(
    0x81,
    struct('iommu_ioas_alloc', [u32('size'), u32('flags'), u32('out_ioas_id')]),
  ),
  IOMMU_IOAS_ALLOW_IOVAS: ioctl(
    0x82,
    struct('iommu_ioas_allow_iovas', [
      u32('size'),
      u32('ioas_id'),
      u32('num_iovas'),
      u32('__reserved'),
      pointer('allowed_iovas', { each: 16, times: 'num_iovas', direction: 'in' }),
    ]),
  ),
  IOMMU_IOAS_COPY: ioctl(
    0x83,
    struct('iommu_ioas_copy', [
      u32('size'),
      u32('flags'),
      u32('dst_ioas_id'),
      u32('src_ioas_id'),
      u64('length'),
      u64('dst_iova', 'both'),
      u64('src_iova'),
    ]),
  ),
  IOMMU_IOAS_IOVA_RANGES: ioctl(
    0x84,
    struct('iommu_ioas_iova_ranges', [
      u32('size'),
      u32('ioas_id'),
      u32('num_iovas', 'both'),
      u32('__reserved'),
      pointer('allowed_iovas', { each: 16, times: 'num_iovas', direction: 'out' }),
      u64('out_iova_alignment'),
    ]),
  ),
  IOMMU_IOAS_MAP: ioctl(
    0x85,
    struct('iommu_ioas_map', [
      u32('size'),
      u32('flags'),
      u32('ioas_id'),
      u32('__reserved'),
      u64('user_va'),
      u64('length'),
      u64('iova', 'both'),
    ]),
  ),
  IOMMU_IOAS_UNMAP: ioctl(
    0x86,
    struct('iommu_ioas_unmap', [u32('size'), u32('ioas_id'), u64('iova'), u64('length', 'both')]),
  ),
  IOMMU_OPTION: ioctl(
    0x87,
    struct('iommu_option', [
      u32('size'),
      u32('option_id'),
      u16('op'),
      u16('__reserved'),
      u32('object_id'),
      u64('val64', 'both'),
    ]),
  ),
  IOMMU_VFIO_IOAS: ioctl(
    0x88,
    struct('iommu_vfio_ioas', [u32('size'), u32('ioas_id', 'both'), u16('op'), u16('__reserved')]),
  ),
  IOMMU_HWPT_ALLOC: ioctl(
    0x89,
    struct('iommu_hwpt_alloc', [
      u32('size'),
      u32('flags'),
      u32('dev_id'),
      u32('pt_id'),
      u32('out_hwpt_id'),
      u32('__reserved'),
      u32('data_type'),
      u32('data_len'),
      pointer('data_uptr', { bytes: 'data_len', direction: 'in' }),
      u32('fault_id'),
      u32('__reserved2'),
    ]),
  ),
  IOMMU_GET_HW_INFO: ioctl(
    0x8a,
    struct('iommu_hw_info', [
      u32('size'),
      u32('flags'),
      u32('dev_id'),
      u32('data_len', 'both'),
      pointer('data_uptr', { bytes: 'data_len', direction: 'out' }),
      u32('in_data_type'),
      overlaid(u32('out_data_type')),
      u8('out_max_pasid_log2'),
      u8('__reserved', 'in', 3),
      u64('out_capabilities'),
    ]),
  ),
  IOMMU_HWPT_SET_DIRTY_TRACKING: ioctl(
    0x8b,
    struct('iommu_hwpt_set_dirty_tracking', [
      u32('size'),
      u32('flags'),
      u32('hwpt_id'),
      u32('__reserved'),
    ]),
  ),
  IOMMU_HWPT_GET_DIRTY_BITMAP: ioctl(
    0x8c,
    struct('iommu_hwpt_get_dirty_bitmap', [
      u32('size'),
      u32('hwpt_id'),
      u32('flags'),
      u32('__reserved'),
      u64('iova'),
      u64('length'),
      u64('page_size'),
      u64('data'),
    ]),
  ),
  IOMMU_HWPT_INVALIDATE: ioctl(
    0x8d,
    struct('iommu_hwpt_invalidate', [
      u32('size'),
      u32('hwpt_id'),
      pointer('data_uptr', { bytes: 'entry_len', times: 'entry_num', direction: 'in' }),
      u32('data_type'),
      u32('entry_len'),
      u32('entry_num', 'both'),
      u32('__reserved'),
    ]),
  ),
  IOMMU_FAULT_QUEUE_ALLOC: ioctl(
    0x8e,
    struct('iommu_fault_alloc', [
      u32('size'),
      u32('flags'),
      u32('out_fault_id'),
      u32('out_fault_fd'),
    ]),
  ),
  IOMMU_IOAS_MAP_FILE: ioctl(
    0x8f,
    struct('iommu_ioas_map_file', [
      u32('size'),
      u32('flags'),
      u32('ioas_id'),
      s32('fd'),
      u64('start'),
      u64('length'),
      u64('iova', 'both'),
    ]),
  ),
  IOMMU_VIOMMU_ALLOC: ioctl(
    0x90,
    struct('iommu_viommu_alloc', [
      u32('size'),
      u32('flags'),
      u32('type'),
      u32('dev_id'),
      u32('hwpt_id'),
      u32('out_viommu_id'),
      u32('data_len'),
      u32('__reserved'),
      pointer('data_uptr', { bytes: 'data_len', direction: 'both' }),
    ]),
  ),
  IOMMU_VDEVICE_ALLOC: ioctl(
    0x91,
    struct('iommu_vdevice_alloc', [
      u32('size'),
      u32('viommu_id'),
      u32('dev_id'),
      u32('out_vdevice_id'),
      u64('virt_id'),
    ]),
  ),
  IOMMU_IOAS_CHANGE_PROCESS: ioctl(
    0x92,
    struct('iommu_ioas_change_process', [u32('size'), u32('__reserved')]),
  ),
  IOMMU_VEVENTQ_ALLOC: ioctl(
    0x93,
    struct('iommu_veventq_alloc', [
      u32('size'),
      u32('flags'),
      u32('viommu_id'),
      u32('type'),
      u32('veventq_depth'),
      u32('out_veventq_id'),
      u32('out_veventq_fd'),
      u32('__reserved'),
    ]),
  ),
  IOMMU_HW_QUEUE_ALLOC: ioctl(
    0x94,
    struct('iommu_hw_queue_alloc', [
      u32('size'),
      u32('flags'),
      u32('viommu_id'),
      u32('type'),
      u32('index'),
      u32('out_hw_queue_id'),
      u64('nesting_parent_iova'),
      u64('length'),
    ]),
  ),
  IOMMU_IOAS_NOIOMMU_GET_PA: ioctl(
    0x95,
    struct('iommu_ioas_noiommu_get_pa', [
      u32('size'),
      u32('flags'),
      u32('ioas_id'),
      u32('__reserved'),
      u64('iova'),
      u64('length', 'both'),
      u64('out_phys'),
    ]),
  ),
} as const
