import { decode, type Struct } from '../../uapi/index.ts'
import { ConformanceError } from '../../host/errors.ts'
import { errnoName } from '../../uapi/errno.ts'
import { parseMessages } from './kmsg.ts'
import { fieldsOf } from './operands.ts'
import { outputsOf } from './outputs.ts'
import { protocol, statuses } from './protocol.ts'
import type { KernelIdentity, OpResult, SequenceResult } from './result.ts'
import type { Op, Sequence } from '../../uapi/sequence.ts'
import { structOf } from './struct-of.ts'

/** A frame of the runner, in the words of protocol.h. */
export interface Frame {
  readonly type: number
  readonly status: number
  readonly index: number
  readonly payload: Buffer
}

const headerSize = 12

/** Cuts a stream of bytes into frames, whatever the pieces in which it comes. */
export function frameReader(onFrame: (frame: Frame) => void): (piece: Buffer) => void {
  let pieces: Buffer[] = []
  let have = 0
  let need = headerSize
  return (piece) => {
    pieces.push(piece)
    have += piece.length
    if (have < need) return
    let rest = Buffer.concat(pieces)
    for (;;) {
      need = rest.length < headerSize ? headerSize : headerSize + rest.readUInt32LE(8)
      if (rest.length < need) break
      onFrame({
        type: rest[0],
        status: rest[1],
        index: rest.readUInt32LE(4),
        payload: rest.subarray(headerSize, need),
      })
      rest = rest.subarray(need)
    }
    pieces = rest.length === 0 ? [] : [rest]
    have = rest.length
  }
}

function opResult(
  sequence: Sequence,
  index: number,
  ret: number,
  error: number,
  injected: boolean,
  bytes: Buffer,
): OpResult {
  const op: Op = sequence[index]
  const base = { ret, errno: errnoName(error), injected }
  if (op.kind === 'read')
    return {
      ...base,
      out: {},
      memory: { read: Uint8Array.from(bytes.subarray(0, Math.max(ret, 0))) },
    }
  if (op.kind !== 'ioctl') return { ...base, out: {}, memory: {} }
  const { struct } = structOf(op)
  const out: Record<string, number | bigint | (number | bigint)[]> = {}
  const memory: Record<string, Uint8Array> = {}
  let at = 0
  for (const { part, size, field } of outputsOf(
    op,
    fieldsOf(sequence, index, struct, op.in).blobs,
  )) {
    const piece = bytes.subarray(at, (at += size))
    if (field === undefined) continue
    if (part !== protocol.parts.struct) memory[field.name] = Uint8Array.from(piece)
    else
      Object.assign(
        out,
        decode({ name: struct.name, size, fields: [{ ...field, offset: 0 }] } as Struct, piece),
      )
  }
  return { ...base, out, memory }
}

/** What a result frame says of its sequence. */
export function decodeResult(
  { status, index, payload }: Frame,
  sequence: Sequence,
): SequenceResult {
  const name = statuses[status]
  if (name === undefined || name === 'malformed')
    throw new ConformanceError('CNF006', `the runner could not read sequence ${index}`)
  const results: OpResult[] = []
  let at = 8
  for (let i = 0; i < payload.readUInt32LE(0); i++) {
    const length = payload.readUInt32LE(at + 8)
    const bytes = payload.subarray(at + 12, at + 12 + length)
    results.push(
      opResult(
        sequence,
        i,
        payload.readInt32LE(at),
        payload.readUInt16LE(at + 4),
        payload[at + 6] === 1,
        bytes,
      ),
    )
    at += 12 + length
  }
  return {
    status: name,
    results,
    messages: parseMessages(payload.toString('utf8', at, at + payload.readUInt32LE(4))),
  }
}

/** What the first frame says of the kernel. */
export function decodeHello({ status, payload }: Frame): KernelIdentity {
  if (status !== protocol.version)
    throw new ConformanceError(
      'CNF006',
      `version ${status}, not ${protocol.version}; build the image anew`,
    )
  const [release, version, machine] = payload.toString().split('\n')
  return { release, version, machine }
}
