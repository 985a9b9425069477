/** Who writes a field: the caller, the kernel, or both. */
export type Direction = 'in' | 'out' | 'both'

/** What a pointer field points to: how many bytes, in words of other fields of the struct. */
export interface Extent {
  /** The field that holds the length in bytes; `each` where entries have a fixed size. */
  readonly bytes?: string
  /** The size of an entry, in bytes. */
  readonly each?: number
  /** The field that counts entries. */
  readonly times?: string
  /** Who writes the memory. */
  readonly direction: Direction
}

/** A field before it has its place. */
export interface Declared<N extends string = string> {
  readonly name: N
  /** Bytes of one element: 1, 2, 4 or 8. */
  readonly width: 1 | 2 | 4 | 8
  readonly signed: boolean
  /** Elements of an array; 1 for a plain field. */
  readonly count: number
  readonly direction: Direction
  /** Shares its place with the field before it: a union. */
  readonly overlaps: boolean
  /** For an address of the caller's memory. */
  readonly points?: Extent
}

/** A field of a struct of the uAPI, by the name and at the offset that it has in C. */
export interface Field<N extends string = string> extends Declared<N> {
  /** Bytes from the start of the struct. */
  readonly offset: number
}

/**
 * A struct of the uAPI, laid out by the x86-64 ABI (which all 64-bit ABIs of Linux share for these
 * types).
 */
export interface Struct<N extends string = string> {
  readonly name: string
  /** What `sizeof` says. */
  readonly size: number
  readonly fields: readonly Field<N>[]
}

const direction = (name: string): Direction => (name.startsWith('out_') ? 'out' : 'in')
const declare =
  (width: 1 | 2 | 4 | 8, signed = false) =>
  <const N extends string>(name: N, how: Direction = direction(name), count = 1): Declared<N> => ({
    ...{ name, width, signed, count, direction: how, overlaps: false },
  })

/** A `__u8`; fields called `out_…` are the kernel's unless told otherwise. */
export const u8 = declare(1)
/** A `__u16`. */
export const u16 = declare(2)
/** A `__u32`. */
export const u32 = declare(4)
/** A `__s32`. */
export const s32 = declare(4, true)
/** An `__aligned_u64`. */
export const u64 = declare(8)
/** An `__aligned_u64` that holds an address of the caller's memory. */
export const pointer = <const N extends string>(name: N, points: Extent): Declared<N> => ({
  ...u64(name, 'in'),
  points,
})
/** The field shares its place with the one before it. */
export const overlaid = <const N extends string>(field: Declared<N>): Declared<N> => ({
  ...field,
  overlaps: true,
})

const aligned = (offset: number, to: number) => Math.ceil(offset / to) * to

/** Gives each field its offset, from a first one on; returns where the last ends. */
export function place<N extends string>(
  declared: readonly Declared<N>[],
  from = 0,
): { fields: Field<N>[]; end: number } {
  const fields: Field<N>[] = []
  let end = from
  for (const f of declared) {
    const offset = f.overlaps ? fields[fields.length - 1].offset : aligned(end, f.width)
    fields.push({ ...f, offset })
    end = Math.max(end, offset + f.width * f.count)
  }
  return { fields, end }
}

/** Lays a struct out. */
export function struct<const N extends string>(
  name: string,
  declared: readonly Declared<N>[],
): Struct<N> {
  const { fields, end } = place(declared)
  return { name, size: aligned(end, Math.max(...declared.map((f) => f.width))), fields }
}
