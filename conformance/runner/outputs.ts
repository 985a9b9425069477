import { fieldOf, type Field } from '../../uapi/index.ts'
import { blobNames } from './operands.ts'
import { protocol } from './protocol.ts'
import type { Op, Operand } from '../../uapi/sequence.ts'
import { structOf } from './struct-of.ts'

/** A piece of memory that the runner reports after a call. */
export interface Output {
  readonly part: number
  readonly offset: number
  readonly size: number
  /** The field of the call's struct that lies there; undefined for what was read. */
  readonly field?: Field
}

const sizeOf = (operand: Operand, bytesOfStructs: number) =>
  typeof operand === 'object' && 'bytes' in operand ? operand.bytes.length : bytesOfStructs

/**
 * What is reported of an operation, in the order in which the runner sends it: fields that the
 * kernel may write, then memory that it may write. `blobs` are the encoded blobs.
 */
export function outputsOf(op: Op, blobs: readonly { readonly length: number }[]): Output[] {
  if (op.kind === 'read') return [{ part: protocol.parts.struct, offset: 0, size: op.length }]
  if (op.kind !== 'ioctl') return []
  const { struct } = structOf(op)
  const fields = struct.fields.filter((f) => f.direction !== 'in')
  const memory = blobNames(op.in).flatMap((name, part) => {
    const field = fieldOf(struct, name)
    if (field === undefined || field.points?.direction === 'in') return []
    return [{ part, offset: 0, size: sizeOf(op.in[name], blobs[part].length), field }]
  })
  return [
    ...fields.map((f) => ({
      part: protocol.parts.struct,
      offset: f.offset,
      size: f.width * f.count,
      field: f,
    })),
    ...memory,
  ]
}
