import { iommufdRequest } from './iommufd.ts'
import { place, pointer, s32, u32, u64, type Declared, type Struct } from './layout.ts'

/** `IOMMU_TEST_CMD`, the ioctl of the kernel's mock driver. */
export const testCmdRequest = iommufdRequest(0xa0)

/**
 * An operation of `IOMMU_TEST_CMD`: its number, and the struct with the fields of its member of the
 * union.
 */
export interface TestOp<N extends string = string> {
  /** The value of field `op`. */
  readonly op: number
  readonly struct: Struct<N>
}

const head = [u32('size'), u32('op'), u32('id'), u32('__reserved')] as const
/** Where the union ends: `access_pages` and `dirty` are the largest members. */
const unionEnd = 64

function testOp<const M extends string, const N extends string>(
  op: number,
  member: M,
  declared: readonly Declared<N>[],
): TestOp<'size' | 'op' | 'id' | '__reserved' | `${M}.${N}` | 'last'> {
  const named = declared.map((f) => ({ ...f, name: `${member}.${f.name}` as const }))
  // A member of the union starts as its widest field demands; all start at 16.
  const { fields } = place([...head, ...named])
  const last = { ...u32('last'), offset: unionEnd }
  return { op, struct: { name: 'iommu_test_cmd', size: unionEnd + 8, fields: [...fields, last] } }
}

const stdev = [u32('out_stdev_id'), u32('out_hwpt_id'), u32('out_idev_id')] as const
const bytes = (direction: 'in' | 'out' | 'both') => ({ bytes: 'length', direction })

/**
 * The operations of `IOMMU_TEST_CMD`, from drivers/iommu/iommufd/iommufd_test.h, by the names that
 * follow `IOMMU_TEST_OP_`. A field of the union is named as in C: `mock_domain.out_stdev_id`.
 */
export const testOps = {
  ADD_RESERVED: testOp(1, 'add_reserved', [u64('start'), u64('length')]),
  MOCK_DOMAIN: testOp(2, 'mock_domain', stdev),
  MD_CHECK_MAP: testOp(3, 'check_map', [u64('iova'), u64('length'), u64('uptr')]),
  MD_CHECK_REFS: testOp(4, 'check_refs', [u64('length'), u64('uptr'), u32('refs')]),
  CREATE_ACCESS: testOp(5, 'create_access', [u32('out_access_fd'), u32('flags')]),
  DESTROY_ACCESS_PAGES: testOp(6, 'destroy_access_pages', [u32('access_pages_id')]),
  ACCESS_PAGES: testOp(7, 'access_pages', [
    u32('flags'),
    u32('out_access_pages_id'),
    u64('iova'),
    u64('length'),
    u64('uptr'),
  ]),
  ACCESS_RW: testOp(8, 'access_rw', [
    u64('iova'),
    u64('length'),
    pointer('uptr', bytes('both')),
    u32('flags'),
  ]),
  SET_TEMP_MEMORY_LIMIT: testOp(9, 'memory_limit', [u32('limit')]),
  MOCK_DOMAIN_REPLACE: testOp(10, 'mock_domain_replace', [u32('pt_id', 'both')]),
  ACCESS_REPLACE_IOAS: testOp(11, 'access_replace_ioas', [u32('ioas_id')]),
  MOCK_DOMAIN_FLAGS: testOp(12, 'mock_domain_flags', [...stdev, u32('dev_flags')]),
  DIRTY: testOp(13, 'dirty', [
    u32('flags'),
    u64('iova'),
    u64('length'),
    u64('page_size'),
    u64('uptr'),
    u64('out_nr_dirty'),
  ]),
  MD_CHECK_IOTLB: testOp(14, 'check_iotlb', [u32('id'), u32('iotlb')]),
  TRIGGER_IOPF: testOp(15, 'trigger_iopf', [
    u32('dev_id'),
    u32('pasid'),
    u32('grpid'),
    u32('perm'),
    u64('addr'),
  ]),
  DEV_CHECK_CACHE: testOp(16, 'check_dev_cache', [u32('id'), u32('cache')]),
  TRIGGER_VEVENT: testOp(17, 'trigger_vevent', [u32('dev_id')]),
  PASID_ATTACH: testOp(18, 'pasid_attach', [u32('pasid'), u32('pt_id', 'both')]),
  PASID_REPLACE: testOp(19, 'pasid_replace', [u32('pasid'), u32('pt_id', 'both')]),
  PASID_DETACH: testOp(20, 'pasid_detach', [u32('pasid')]),
  PASID_CHECK_HWPT: testOp(21, 'pasid_check', [u32('pasid'), u32('hwpt_id')]),
  DMABUF_GET: testOp(22, 'dmabuf_get', [u32('length'), u32('open_flags')]),
  DMABUF_REVOKE: testOp(23, 'dmabuf_revoke', [s32('dmabuf_fd'), u32('revoked')]),
} as const
