import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cacheFolder } from '../host/cache.ts'
import {
  constants,
  decode,
  encode,
  iommufdIoctls,
  testCmdRequest,
  testOps,
  vfioIoctls,
} from './index.ts'
import { compiled, figures } from './test/c-layout.ts'

const offsets = (s: { fields: readonly { name: string; offset: number }[] }) =>
  Object.fromEntries(s.fields.map((f) => [f.name, f.offset]))

/** Headers of a kernel that was built here before, if any. */
const headers = readdirSync(cacheFolder())
  .map((name) => join(cacheFolder(), name, 'headers', 'include'))
  .find((folder) => existsSync(join(folder, 'iommufd_test.h')))

describe('the uAPI of Linux 7.3', () => {
  test('request numbers', () => {
    expect(iommufdIoctls.IOMMU_DESTROY.request).toBe(0x3b80)
    expect(iommufdIoctls.IOMMU_IOAS_NOIOMMU_GET_PA.request).toBe(0x3b95)
    expect(testCmdRequest).toBe(0x3ba0)
    expect(vfioIoctls.VFIO_DEVICE_BIND_IOMMUFD.request).toBe(0x3b76)
    expect(Object.values(iommufdIoctls).map((i) => i.request & 0xff)).toEqual(
      Array.from({ length: 22 }, (_, i) => 0x80 + i),
    )
    expect(Object.values(testOps).map((o) => o.op)).toEqual(
      Array.from({ length: 23 }, (_, i) => i + 1),
    )
  })

  test('a 64-bit field after three of 32 bits leaves a hole', () => {
    expect(offsets(iommufdIoctls.IOMMU_GET_HW_INFO.struct)).toMatchObject({
      ...{
        data_uptr: 16,
        in_data_type: 24,
        out_data_type: 24,
        out_max_pasid_log2: 28,
        __reserved: 29,
        out_capabilities: 32,
      },
    })
    expect(iommufdIoctls.IOMMU_GET_HW_INFO.struct.size).toBe(40)
    expect(offsets(testOps.DIRTY.struct)).toMatchObject({
      'dirty.flags': 16,
      'dirty.iova': 24,
      'dirty.out_nr_dirty': 56,
      last: 64,
    })
    expect(testOps.MOCK_DOMAIN.struct.size).toBe(72)
    expect(iommufdIoctls.IOMMU_IOAS_ALLOC.struct.size).toBe(12)
  })

  test.skipIf(headers === undefined)(
    'every figure is what the compiler says with the headers of a kernel',
    () => {
      const ours = figures()
      expect(compiled(headers ?? '', Object.keys(ours))).toEqual(ours)
    },
  )
})

describe('codec', () => {
  const { struct } = iommufdIoctls.IOMMU_IOAS_UNMAP

  test('little-endian, fields without a value are 0', () => {
    const bytes = encode(struct, { size: 24, iova: 0x1_0000_0002n })
    expect([...bytes]).toEqual([
      24,
      0,
      0,
      0,
      0,
      0,
      0,
      0,
      2,
      0,
      0,
      0,
      1,
      0,
      0,
      0,
      ...Array<number>(8).fill(0),
    ])
    expect(decode(struct, bytes)).toEqual({
      size: 24,
      ioas_id: 0,
      iova: 0x1_0000_0002n,
      length: 0n,
    })
  })

  test('values that do not fit are refused, negative ones wrap', () => {
    expect(() => encode(struct, { ioas_id: 2 ** 32 })).toThrow('does not fit ioas_id')
    expect(decode(struct, encode(struct, { length: -1 })).length).toBe(0xffffffffffffffffn)
    expect(
      decode(
        iommufdIoctls.IOMMU_IOAS_MAP_FILE.struct,
        encode(iommufdIoctls.IOMMU_IOAS_MAP_FILE.struct, { fd: -1 }),
      ).fd,
    ).toBe(-1)
  })

  test('fields beyond the end are left out', () => {
    expect(decode(struct, encode(struct, { size: 8 }).subarray(0, 8))).toEqual({
      size: 8,
      ioas_id: 0,
    })
  })

  test('constants of the mock', () => {
    expect(constants.MOCK_APERTURE_LAST - constants.MOCK_APERTURE_START).toBe(0x7effffff)
  })
})
