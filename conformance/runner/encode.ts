import { ConformanceError } from '../../host/errors.ts'
import { testOps } from '../../uapi/index.ts'
import { ByteWriter } from './bytes.ts'
import { fieldsOf, structsOf, value, type Encoded, type Reloc } from './operands.ts'
import { outputsOf } from './outputs.ts'
import { protocol } from './protocol.ts'
import type { Fields, From, Op, Sequence } from '../../uapi/sequence.ts'
import { structOf } from './struct-of.ts'

const { kinds, parts } = protocol
const nothing: Encoded = { struct: new Uint8Array(), blobs: [], relocs: [] }

/** An operation in the words of protocol.h. */
interface Parts extends Encoded {
  readonly request?: number
  readonly argument?: number | bigint
}

function partsOf(sequence: Sequence, index: number, op: Op): Parts {
  const fd = (from: From): Reloc => value(sequence, index, from, parts.fd)
  switch (op.kind) {
    case 'open':
      return {
        ...nothing,
        struct: new TextEncoder().encode(`${op.path ?? '/dev/iommu'}\0`),
        request: 2 /* O_RDWR */,
      }
    case 'ioctl': {
      const { request, struct } = structOf(op)
      const number: Fields = op.ioctl === 'IOMMU_TEST_CMD' ? { op: testOps[op.op].op } : {}
      const encoded = fieldsOf(sequence, index, struct, { size: struct.size, ...number, ...op.in })
      return { ...encoded, relocs: [fd(op.fd), ...encoded.relocs], request }
    }
    case 'close':
      return { ...nothing, relocs: [fd(op.fd)] }
    case 'read':
      return { ...nothing, struct: new Uint8Array(op.length), relocs: [fd(op.fd)] }
    case 'write': {
      const { bytes, relocs } =
        'bytes' in op.data
          ? { bytes: op.data.bytes, relocs: [] }
          : structsOf(sequence, index, op.data, parts.struct)
      return { ...nothing, struct: bytes, relocs: [fd(op.fd), ...relocs] }
    }
    case 'mmap': {
      const offset =
        typeof op.offset === 'object'
          ? { relocs: [value(sequence, index, op.offset, parts.argument)] }
          : { argument: op.offset }
      return {
        ...nothing,
        request: op.length,
        ...offset,
        relocs: [fd(op.fd), ...(offset.relocs ?? [])],
      }
    }
    case 'munmap':
      return {
        ...nothing,
        request: op.length,
        relocs: [value(sequence, index, op.address, parts.argument)],
      }
    case 'memfd':
      return { ...nothing, argument: op.length }
  }
}

function encodeOp(to: ByteWriter, sequence: Sequence, index: number): number {
  const op = sequence[index]
  const { struct, blobs, relocs, request = 0, argument = 0 } = partsOf(sequence, index, op)
  const outputs = outputsOf(op, blobs)
  to.u8(kinds[op.kind])
    .u8(blobs.length)
    .u8(relocs.length)
    .u8(outputs.length)
    .u32(request)
    .u64(argument)
  to.u32(op.failNth ?? 0).u32(struct.length)
  for (const blob of blobs) to.u32(blob.length)
  for (const r of relocs)
    to.u8(r.type)
      .u8(r.width)
      .u8(r.target)
      .u8(r.part)
      .u32(r.offset)
      .u32(r.source)
      .u32(r.sourceOffset)
  for (const o of outputs) to.u8(o.part).u8(0).u16(0).u32(o.offset).u32(o.size)
  to.bytes(struct)
  for (const blob of blobs) to.bytes(blob)
  return outputs.reduce((sum, o) => sum + o.size, 12)
}

/**
 * A sequence as the runner takes it. Refused with CNF007 where a name is unknown, a reference
 * points ahead, or it is too long.
 */
export function encodeSequence(sequence: Sequence, index: number): Uint8Array {
  const body = new ByteWriter()
  let results = 0
  sequence.forEach((_, i) => (results += encodeOp(body, sequence, i)))
  if (
    sequence.length > protocol.opsMax ||
    body.length > protocol.sequenceMax ||
    results > protocol.resultMax / 2
  )
    throw new ConformanceError(
      'CNF007',
      `sequence ${index} is too long: ${sequence.length} operations, ${body.length} bytes`,
    )
  return new ByteWriter()
    .u32(body.length)
    .u32(index)
    .u16(sequence.length)
    .u16(0)
    .bytes(body.finish())
    .finish()
}

/** What goes before the first sequence. */
export function encodeHeader(flags: number, watchdogMs: number): Uint8Array {
  return new ByteWriter()
    .u32(protocol.magic)
    .u16(protocol.version)
    .u16(flags)
    .u32(watchdogMs)
    .finish()
}

/** What goes after the last one. */
export const encodeEnd = (): Uint8Array => new ByteWriter().u32(protocol.endOfRun).finish()
