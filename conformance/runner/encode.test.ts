import { describe, expect, test } from 'vitest'
import { encodeSequence } from './encode.ts'
import { protocol } from './protocol.ts'
import type { Sequence } from '../../uapi/sequence.ts'

const fd = { from: 0 }
const ioas = { kind: 'ioctl', fd, ioctl: 'IOMMU_IOAS_ALLOC', in: {} } as const

/**
 * The relocations of the last operation, as [type, width, target, part, offset, source,
 * sourceOffset].
 */
function relocsOfLast(sequence: Sequence): number[][] {
  const bytes = encodeSequence(sequence, 0)
  const view = new DataView(bytes.buffer)
  let at = 12
  for (let i = 0; ; i++) {
    const [blobs, relocs, outputs] = [bytes[at + 1], bytes[at + 2], bytes[at + 3]]
    const sizes = Array.from({ length: blobs }, (_, b) => view.getUint32(at + 24 + 4 * b, true))
    const start = at + 24 + 4 * blobs
    if (i === sequence.length - 1)
      return Array.from({ length: relocs }, (_, r) => {
        const o = start + 16 * r
        return [
          bytes[o],
          bytes[o + 1],
          bytes[o + 2],
          bytes[o + 3],
          ...[4, 8, 12].map((d) => view.getUint32(o + d, true)),
        ]
      })
    at =
      start +
      16 * relocs +
      12 * outputs +
      view.getUint32(at + 20, true) +
      sizes.reduce((a, b) => a + b, 0)
  }
}

describe('encoding', () => {
  test('the length before a sequence is that of its operations', () => {
    const bytes = encodeSequence([{ kind: 'open' }, ioas], 7)
    const view = new DataView(bytes.buffer)
    expect(view.getUint32(0, true)).toBe(bytes.length - 12)
    expect([view.getUint32(4, true), view.getUint16(8, true)]).toEqual([7, 2])
    // An open: header of 24 bytes, its flags O_RDWR, then the path.
    expect(bytes[12]).toBe(protocol.kinds.open)
    expect(view.getUint32(16, true)).toBe(2)
    expect(new TextDecoder().decode(bytes.subarray(36, 47))).toBe('/dev/iommu\0')
  })

  test('an id goes from the field that returned it to the field that takes it', () => {
    const destroy = {
      kind: 'ioctl',
      fd,
      ioctl: 'IOMMU_DESTROY',
      in: { id: { from: 1, field: 'out_ioas_id' } },
    } as const
    const { relocs, parts } = protocol
    expect(relocsOfLast([{ kind: 'open' }, ioas, destroy])).toEqual([
      [relocs.value, 8, parts.fd, parts.return, 0, 0, 0],
      [relocs.value, 4, parts.struct, parts.struct, 4, 1, 8],
    ])
  })

  test('structs in memory: their address goes into the pointer, earlier values into them', () => {
    const invalidate: Sequence[number] = {
      ...{ kind: 'ioctl', fd, ioctl: 'IOMMU_HWPT_INVALIDATE' },
      in: {
        data_uptr: {
          structs: [
            { struct: 'iommu_viommu_invalidate_selftest', in: { vdev_id: 1 } },
            {
              struct: 'iommu_viommu_invalidate_selftest',
              in: { vdev_id: { from: 1, field: 'out_ioas_id' } },
            },
          ],
        },
      },
    }
    const { relocs, parts } = protocol
    expect(relocsOfLast([{ kind: 'open' }, ioas, invalidate]).slice(1)).toEqual([
      [relocs.blob, 8, parts.struct, 0, 8, 0, 0],
      [relocs.value, 4, 0, parts.struct, 12 + 4, 1, 8],
    ])
  })

  test.each([
    ['a reference ahead', [{ ...ioas, fd: { from: 0 } }], 'not before it'],
    [
      'an unknown field',
      [{ kind: 'open' }, { ...ioas, in: { nonsense: 1 } }],
      "no field 'nonsense'",
    ],
    [
      'a field of an open',
      [{ kind: 'open' }, { ...ioas, in: { flags: { from: 0, field: 'fd' } } }],
      "has no field 'fd'",
    ],
    [
      'a value that does not fit',
      [{ kind: 'open' }, { ...ioas, in: { flags: 2 ** 40 } }],
      'does not fit',
    ],
    ['too much to read', [{ kind: 'open' }, { kind: 'read', fd, length: 1 << 20 }], 'too long'],
  ] as [string, Sequence, string][])('%s is refused', (_, sequence, message) => {
    expect(() => encodeSequence(sequence, 0)).toThrow(message)
    expect(() => encodeSequence(sequence, 0)).toThrow('CNF007')
  })
})
