import { dataStructs, encode, fieldOf, type Field, type Struct } from '../../uapi/index.ts'
import { ConformanceError } from '../../host/errors.ts'
import { protocol } from './protocol.ts'
import type { Bytes, Fields, From, Op, Operand, Sequence, Structs } from '../../uapi/sequence.ts'
import { structOf } from './struct-of.ts'

/** Something that the runner puts in place before a call. */
export interface Reloc {
  readonly type: number
  readonly width: number
  readonly target: number
  readonly part: number
  readonly offset: number
  readonly source: number
  readonly sourceOffset: number
}

/** Bytes of a call, with what is still to be put into them. */
export interface Encoded {
  readonly struct: Uint8Array
  readonly blobs: readonly Uint8Array[]
  readonly relocs: readonly Reloc[]
}

const { parts, relocs: types } = protocol
const wrong = (message: string) => new ConformanceError('CNF007', message)

export const isFrom = (operand: Operand): operand is From =>
  typeof operand === 'object' && 'from' in operand
const isBlob = (operand: Operand): operand is Structs | Bytes =>
  typeof operand === 'object' && ('structs' in operand || 'bytes' in operand)

/**
 * The memory that a pointer field of an operation points to: its number among the operation's
 * blobs, in the order of `in`.
 */
export const blobNames = (fields: Fields): string[] =>
  Object.keys(fields).filter((name) => isBlob(fields[name]))

const fieldIn = (s: Struct, name: string): Field => {
  const field = fieldOf(s, name)
  if (field === undefined)
    throw wrong(
      `${s.name} has no field '${name}'; it has ${s.fields.map((f) => f.name).join(', ')}`,
    )
  return field
}

/** Where a value of an earlier operation lies. */
function source(
  sequence: Sequence,
  index: number,
  { from, field, of }: From,
): Pick<Reloc, 'part' | 'source' | 'sourceOffset' | 'width'> {
  const op: Op | undefined = from < index ? sequence[from] : undefined
  if (op === undefined) throw wrong(`operation ${index} refers to ${from}, which is not before it`)
  if (field === undefined) return { part: parts.return, source: from, sourceOffset: 0, width: 8 }
  if (op.kind === 'read') {
    const [struct, name] = field.split('.')
    const found = fieldIn(
      dataStructs[struct as keyof typeof dataStructs] ?? { name: struct, fields: [] },
      name,
    )
    return { part: parts.struct, source: from, sourceOffset: found.offset, width: found.width }
  }
  if (op.kind !== 'ioctl')
    throw wrong(`operation ${from} is '${op.kind}', which has no field '${field}'`)
  const outer = fieldIn(structOf(op).struct, field)
  if (of === undefined)
    return { part: parts.struct, source: from, sourceOffset: outer.offset, width: outer.width }
  const operand = op.in[field]
  if (operand === undefined || typeof operand !== 'object' || !('structs' in operand))
    throw wrong(`field '${field}' of operation ${from} does not point to structs`)
  const inner = fieldIn(dataStructs[operand.structs[0].struct], of)
  return {
    part: blobNames(op.in).indexOf(field),
    source: from,
    sourceOffset: inner.offset,
    width: inner.width,
  }
}

/** A relocation of an earlier value into a part of this operation. */
export function value(
  sequence: Sequence,
  index: number,
  from: From,
  target: number,
  offset = 0,
  width?: number,
): Reloc {
  const found = source(sequence, index, from)
  return { type: types.value, target, offset, ...found, width: Math.min(found.width, width ?? 8) }
}

const numbers = (fields: Readonly<Record<string, Operand>>) =>
  Object.fromEntries(
    Object.entries(fields).filter((e): e is [string, number | bigint] => typeof e[1] !== 'object'),
  )

function bytesOf(struct: Struct, fields: Readonly<Record<string, Operand>>): Uint8Array {
  try {
    return encode(struct, numbers(fields))
  } catch (error) {
    throw error instanceof RangeError ? wrong(error.message) : error
  }
}

/** The bytes of structs in an array, as the part `target` of an operation. */
export function structsOf(
  sequence: Sequence,
  index: number,
  { structs }: Structs,
  target: number,
): { bytes: Uint8Array; relocs: readonly Reloc[] } {
  const relocs: Reloc[] = []
  const pieces: Uint8Array[] = []
  let start = 0
  for (const { struct: name, in: fields } of structs) {
    const struct: Struct = dataStructs[name]
    if (struct === undefined) throw wrong(`there is no struct '${name}'`)
    pieces.push(bytesOf(struct, fields))
    for (const [key, operand] of Object.entries(fields)) {
      const field = fieldIn(struct, key)
      if (isFrom(operand))
        relocs.push(value(sequence, index, operand, target, start + field.offset, field.width))
    }
    start += struct.size
  }
  return { bytes: Buffer.concat(pieces), relocs }
}

/** The struct of a call with its blobs. */
export function fieldsOf(
  sequence: Sequence,
  index: number,
  struct: Struct,
  fields: Fields,
): Encoded {
  const relocs: Reloc[] = []
  const blobs: Uint8Array[] = []
  for (const [name, operand] of Object.entries(fields)) {
    const { offset, width } = fieldIn(struct, name)
    if (typeof operand !== 'object') continue
    const place = { target: parts.struct, offset, width, sourceOffset: 0 }
    if (isFrom(operand)) relocs.push(value(sequence, index, operand, parts.struct, offset, width))
    else if ('arena' in operand)
      relocs.push({ ...place, type: types.arena, part: 0, source: operand.arena })
    else {
      relocs.push({ ...place, type: types.blob, part: blobs.length, source: 0 })
      if ('bytes' in operand) blobs.push(operand.bytes)
      else {
        const array = structsOf(sequence, index, operand, blobs.length)
        blobs.push(array.bytes)
        relocs.push(...array.relocs)
      }
    }
  }
  return { struct: bytesOf(struct, fields), blobs, relocs }
}
