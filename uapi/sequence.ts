import type { dataStructs, iommufdIoctls, testOps } from './index.ts'

/** The name of an ioctl of `/dev/iommu`. */
export type IoctlName = keyof typeof iommufdIoctls
/** The name of an operation of `IOMMU_TEST_CMD`, as it follows `IOMMU_TEST_OP_`. */
export type TestOpName = keyof typeof testOps
/** The name of a struct that is passed by address, or read from and written to a queue. */
export type DataName = keyof typeof dataStructs

/**
 * What an earlier operation of the same sequence gave: its return value, a field of its struct, or
 * a field in memory that it points to.
 */
export interface From {
  /** The index of the operation in its sequence. */
  readonly from: number
  /** A field of the operation's struct; without it, what the call returned. */
  readonly field?: string
  /** Where `field` is a pointer: the field of the struct there. */
  readonly of?: string
}

/** An address in the sequence's own memory, 4 MiB, all zero when it starts. */
export interface Arena {
  /** Bytes from the start. */
  readonly arena: number
}

/** Structs in an array, passed by address. */
export interface Structs {
  readonly structs: readonly {
    readonly struct: DataName
    readonly in: Readonly<Record<string, number | bigint | From>>
  }[]
}

/** Plain bytes, passed by address. */
export interface Bytes {
  readonly bytes: Uint8Array
}

/** A field's value: a number, what an earlier operation gave, or the address of memory. */
export type Operand = number | bigint | From | Arena | Structs | Bytes

/**
 * The fields that a call sets, by their uAPI names; what is left out is 0, except for `size` and
 * `op`.
 */
export type Fields = Readonly<Record<string, Operand>>

/** What every call may carry. */
interface Call {
  /**
   * Makes the n-th step of the call that can be made to fail (an allocation, a copy from or to user
   * space) fail; from 1.
   */
  readonly failNth?: number
}

/** Opens a node; `/dev/iommu` unless told otherwise. */
export interface OpenOp extends Call {
  readonly kind: 'open'
  readonly path?: string
}

/** An ioctl of `/dev/iommu`. */
export interface IoctlOp extends Call {
  readonly kind: 'ioctl'
  readonly fd: From
  readonly ioctl: IoctlName
  readonly in: Fields
}

/** An operation of the mock driver: `IOMMU_TEST_CMD`. */
export interface TestCmdOp extends Call {
  readonly kind: 'ioctl'
  readonly fd: From
  readonly ioctl: 'IOMMU_TEST_CMD'
  readonly op: TestOpName
  readonly in: Fields
}

/** Closes a descriptor. What a sequence leaves open is closed after it, lowest first. */
export interface CloseOp extends Call {
  readonly kind: 'close'
  readonly fd: From
}

/** Reads at most `length` bytes. */
export interface ReadOp extends Call {
  readonly kind: 'read'
  readonly fd: From
  readonly length: number
}

/** Writes structs or bytes. */
export interface WriteOp extends Call {
  readonly kind: 'write'
  readonly fd: From
  readonly data: Structs | Bytes
}

/** Maps `length` bytes of a descriptor, shared, for reading and writing. */
export interface MmapOp extends Call {
  readonly kind: 'mmap'
  readonly fd: From
  readonly length: number
  readonly offset: number | bigint | From
}

/** Takes back what an `mmap` mapped. */
export interface MunmapOp extends Call {
  readonly kind: 'munmap'
  readonly address: From
  readonly length: number
}

/** Makes an anonymous file of a length, to be mapped with `IOMMU_IOAS_MAP_FILE`. */
export interface MemfdOp extends Call {
  readonly kind: 'memfd'
  readonly length: number
}

/** One operation of a sequence. */
export type Op =
  OpenOp | IoctlOp | TestCmdOp | CloseOp | ReadOp | WriteOp | MmapOp | MunmapOp | MemfdOp

/**
 * Operations that are executed one after the other in a process of their own descriptors; all are
 * executed, whatever they return.
 */
export type Sequence = readonly Op[]
