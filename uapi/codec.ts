import type { Field, Struct } from './layout.ts'

/**
 * A field's value: a number, or a bigint where it is a 64-bit field; an array of them for an array.
 */
export type Value = number | bigint | readonly (number | bigint)[]

/** The field of a name, or undefined. */
export const fieldOf = (s: Struct, name: string): Field | undefined =>
  s.fields.find((f) => f.name === name)

/**
 * Writes a value at a field's place, little-endian; a value too wide for the field throws a
 * RangeError.
 */
function write(view: DataView, field: Field, value: Value): void {
  const values = typeof value === 'object' ? value : [value]
  if (values.length > field.count)
    throw new RangeError(`${field.name} has ${field.count} elements, not ${values.length}`)
  values.forEach((v, i) => {
    const bits = BigInt(v)
    const wide = BigInt(field.width * 8)
    if (bits >= 1n << wide || bits < -(1n << (wide - 1n)))
      throw new RangeError(`${v} does not fit ${field.name}, ${wide} bits`)
    for (let b = 0; b < field.width; b++)
      view.setUint8(
        field.offset + i * field.width + b,
        Number((BigInt.asUintN(64, bits) >> BigInt(8 * b)) & 0xffn),
      )
  })
}

/** Reads a field: a number up to 32 bits, a bigint for 64, an array of them for an array. */
function read(view: DataView, field: Field): number | bigint | (number | bigint)[] {
  const one = (i: number): number | bigint => {
    const at = field.offset + i * field.width
    if (field.width === 1) return view.getUint8(at)
    if (field.width === 2) return view.getUint16(at, true)
    if (field.width === 4) return field.signed ? view.getInt32(at, true) : view.getUint32(at, true)
    return view.getBigUint64(at, true)
  }
  return field.count === 1 ? one(0) : Array.from({ length: field.count }, (_, i) => one(i))
}

/** The bytes of a struct; fields without a value are 0. */
export function encode<N extends string>(
  s: Struct<N>,
  values: Partial<Record<NoInfer<N>, Value>>,
): Uint8Array {
  const bytes = new Uint8Array(s.size)
  const view = new DataView(bytes.buffer)
  for (const [name, value] of Object.entries<Value | undefined>(values)) {
    const field = fieldOf(s, name)
    if (field === undefined) throw new RangeError(`${s.name} has no field ${name}`)
    if (value !== undefined) write(view, field, value)
  }
  return bytes
}

/** The fields of a struct from its bytes; fields that lie beyond the end are left out. */
export function decode<N extends string>(
  s: Struct<N>,
  bytes: Uint8Array,
): Partial<Record<N, number | bigint | (number | bigint)[]>> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const there = s.fields.filter((f) => f.offset + f.width * f.count <= bytes.length)
  return Object.fromEntries(there.map((f) => [f.name, read(view, f)])) as Partial<
    Record<N, number | bigint | (number | bigint)[]>
  >
}
