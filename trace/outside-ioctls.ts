/**
 * What a successful call of an ioctl outside the model does that the model's answers can depend on.
 */
export interface Outside {
  /** What the call is about, which the model does not have. */
  readonly says: string
  /** Objects that it makes, in the order in which they take their ids. */
  readonly makes?: readonly Made[]
  /**
   * The field that names an IOAS whose maps or ranges it fills: a page table may be refused there.
   */
  readonly fills?: string
}

/** An object that the model does not have. */
export interface Made {
  /** The type, as `IOMMUFD_OBJ_` has it. */
  readonly type: 'ACCESS' | 'FAULT' | 'VEVENTQ' | 'HW_QUEUE' | 'HWPT' | 'VIOMMU'
  /** The out field with its id, where it is told. */
  readonly id?: string
  /** The out field with the descriptor of its file. */
  readonly fd?: string
  /** The object dies when its file does; else its file is one user more. */
  readonly diesWithFd?: boolean
  /** The field that names the object that it holds by a reference. */
  readonly holds?: string
  /** It holds the address space behind what `holds` names: a vIOMMU's parent's. */
  readonly holdsAddressSpace?: boolean
}

/**
 * What is made of a call of an ioctl in the model whose fields the model does not have: an object
 * that the model knows nothing of.
 */
export const unreadIoctls: Readonly<Record<string, readonly Made[]>> = {
  IOMMU_HWPT_ALLOC: [{ type: 'HWPT', id: 'out_hwpt_id', holds: 'pt_id' }],
  IOMMU_VIOMMU_ALLOC: [{ type: 'VIOMMU', id: 'out_viommu_id', holds: 'hwpt_id' }],
}

/**
 * What an ioctl outside the model is about; undefined for one in the model, and for one that nobody
 * knows.
 */
export const outsideOf = ({
  ioctl,
  op,
}: {
  readonly ioctl: string
  readonly op?: string | undefined
}): Outside | undefined => (op === undefined ? outsideIoctls[ioctl] : outsideOps[op])

const none = (says: string): Outside => ({ says })

/**
 * Every ioctl of `/dev/iommu` that is outside, checked against `iommufd_ioctl_ops` and what each
 * entry does.
 */
export const outsideIoctls: Readonly<Record<string, Outside>> = {
  IOMMU_IOAS_ALLOW_IOVAS: { says: 'ranges of an address space', fills: 'ioas_id' },
  IOMMU_IOAS_COPY: { says: 'maps of an address space', fills: 'dst_ioas_id' },
  IOMMU_IOAS_IOVA_RANGES: none('ranges of an address space'),
  IOMMU_IOAS_MAP: { says: 'maps of an address space', fills: 'ioas_id' },
  IOMMU_IOAS_MAP_FILE: { says: 'maps of an address space', fills: 'ioas_id' },
  IOMMU_IOAS_UNMAP: none('maps of an address space'),
  IOMMU_IOAS_CHANGE_PROCESS: none('accounting of memory'),
  IOMMU_IOAS_NOIOMMU_GET_PA: none('maps of an address space'),
  // IOMMU_OPTION_HUGE_PAGES changes the alignment that a page table must be able to map.
  IOMMU_OPTION: { says: 'options of the context and of an address space', fills: 'object_id' },
  // A pointer, without a reference.
  IOMMU_VFIO_IOAS: none('VFIO container'),
  IOMMU_GET_HW_INFO: none('information on hardware'),
  IOMMU_HWPT_SET_DIRTY_TRACKING: none('dirty tracking'),
  IOMMU_HWPT_GET_DIRTY_BITMAP: none('dirty tracking'),
  IOMMU_HWPT_INVALIDATE: none('invalidation'),
  IOMMU_FAULT_QUEUE_ALLOC: {
    says: 'fault queues',
    makes: [{ type: 'FAULT', id: 'out_fault_id', fd: 'out_fault_fd' }],
  },
  IOMMU_VEVENTQ_ALLOC: {
    says: 'event queues',
    makes: [{ type: 'VEVENTQ', id: 'out_veventq_id', fd: 'out_veventq_fd', holds: 'viommu_id' }],
  },
  IOMMU_HW_QUEUE_ALLOC: {
    says: 'hardware queues',
    makes: [
      { type: 'HW_QUEUE', id: 'out_hw_queue_id', holds: 'viommu_id' },
      { type: 'ACCESS', holds: 'viommu_id', holdsAddressSpace: true },
    ],
  },
}

/**
 * Every operation of `IOMMU_TEST_CMD` that is outside; those on PASIDs and on the file of an access
 * are told apart where they are followed.
 */
export const outsideOps: Readonly<Record<string, Outside>> = {
  // Reserved ranges collide with maps and allowed ranges, never with the aperture of a page table.
  ADD_RESERVED: none('ranges of an address space'),
  MD_CHECK_MAP: none('maps of a page table'),
  MD_CHECK_REFS: none('pins of memory'),
  CREATE_ACCESS: {
    says: 'accesses',
    makes: [{ type: 'ACCESS', fd: 'create_access.out_access_fd', diesWithFd: true, holds: 'id' }],
  },
  DESTROY_ACCESS_PAGES: none('accesses'),
  ACCESS_PAGES: none('accesses'),
  ACCESS_RW: none('accesses'),
  ACCESS_REPLACE_IOAS: none('accesses'),
  SET_TEMP_MEMORY_LIMIT: none('limits of memory'),
  DIRTY: none('dirty tracking'),
  MD_CHECK_IOTLB: none('invalidation'),
  TRIGGER_IOPF: none('page faults'),
  DEV_CHECK_CACHE: none('invalidation'),
  TRIGGER_VEVENT: none('events'),
  PASID_ATTACH: none('PASIDs'),
  PASID_REPLACE: none('PASIDs'),
  PASID_DETACH: none('PASIDs'),
  DMABUF_GET: none('dma-bufs'),
  DMABUF_REVOKE: none('dma-bufs'),
}
