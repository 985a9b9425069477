import { describe, expect, test } from 'vitest'
import { ByteWriter } from './bytes.ts'
import { decodeResult, frameReader, type Frame } from './frames.ts'
import { protocol } from './protocol.ts'
import type { Sequence } from '../../uapi/sequence.ts'

const frame = (payload: Uint8Array, status = 0) =>
  new ByteWriter()
    .u8(protocol.frames.result)
    .u8(status)
    .u16(0)
    .u32(3)
    .u32(payload.length)
    .bytes(payload)
    .finish()

describe('frames', () => {
  test('are cut the same in whatever pieces they come', () => {
    const stream = Buffer.concat([
      frame(new Uint8Array([1, 2, 3])),
      frame(new Uint8Array()),
      frame(new Uint8Array(300)),
    ])
    for (const size of [1, 5, 13, stream.length]) {
      const lengths: number[] = []
      const read = frameReader((f) => lengths.push(f.payload.length))
      for (let at = 0; at < stream.length; at += size) read(stream.subarray(at, at + size))
      expect(lengths).toEqual([3, 0, 300])
    }
  })

  test('a hung sequence has the results of the calls before, and what the kernel said', () => {
    const sequence: Sequence = [
      { kind: 'open' },
      { kind: 'ioctl', fd: { from: 0 }, ioctl: 'IOMMU_IOAS_ALLOC', in: {} },
      { kind: 'close', fd: { from: 0 } },
    ]
    const text = new TextEncoder().encode('4,100,5,-;WARNING: drivers/iommu/iommufd/main.c:1\n')
    const payload = new ByteWriter().u32(2).u32(text.length)
    payload.u32(3).u16(0).u8(0).u8(0).u32(0)
    payload.u32(0xffffffff).u16(12).u8(1).u8(0).u32(4).u32(0).bytes(text)
    const result = decodeResult(
      { type: 2, status: 1, index: 0, payload: Buffer.from(payload.finish()) } as Frame,
      sequence,
    )
    expect(result).toEqual({
      status: 'hung',
      results: [
        { ret: 3, errno: null, injected: false, out: {}, memory: {} },
        { ret: -1, errno: 'ENOMEM', injected: true, out: { out_ioas_id: 0 }, memory: {} },
      ],
      messages: [{ level: 4, text: 'WARNING: drivers/iommu/iommufd/main.c:1' }],
    })
  })
})
