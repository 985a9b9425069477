import { struct, u32, u64 } from './layout.ts'

/**
 * What pointers of the ioctls point to, and what is read from and written to the descriptors of
 * queues.
 */
export const dataStructs = {
  iommu_iova_range: struct('iommu_iova_range', [u64('start'), u64('last')]),
  iommu_hwpt_selftest: struct('iommu_hwpt_selftest', [u32('iotlb'), u32('pagetable_type')]),
  iommu_hwpt_invalidate_selftest: struct('iommu_hwpt_invalidate_selftest', [
    u32('flags'),
    u32('iotlb_id'),
  ]),
  iommu_viommu_selftest: struct('iommu_viommu_selftest', [
    u32('in_data'),
    u32('out_data'),
    u64('out_mmap_offset'),
    u64('out_mmap_length'),
  ]),
  iommu_viommu_invalidate_selftest: struct('iommu_viommu_invalidate_selftest', [
    u32('flags'),
    u32('vdev_id'),
    u32('cache_id'),
  ]),
  iommu_viommu_event_selftest: struct('iommu_viommu_event_selftest', [u32('virt_id')]),
  iommu_test_hw_info: struct('iommu_test_hw_info', [u32('flags'), u32('test_reg')]),
  iommufd_vevent_header: struct('iommufd_vevent_header', [u32('flags'), u32('sequence')]),
  iommu_hwpt_pgfault: struct('iommu_hwpt_pgfault', [
    u32('flags'),
    u32('dev_id'),
    u32('pasid'),
    u32('grpid'),
    u32('perm'),
    u32('__reserved'),
    u64('addr'),
    u32('length'),
    u32('cookie'),
  ]),
  iommu_hwpt_page_response: struct('iommu_hwpt_page_response', [u32('cookie'), u32('code')]),
} as const
