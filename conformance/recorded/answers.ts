import { gunzipSync, gzipSync } from 'node:zlib'
import { isFrom } from '../runner/operands.ts'
import type { KernelIdentity, SequenceResult } from '../runner/result.ts'
import type { Op, Sequence } from '../../uapi/sequence.ts'

/** Which kernel gave the answers. */
export interface RecordedFrom {
  readonly kernel: KernelIdentity
  /** A short hash of its source and of its configuration. */
  readonly build: string
  /** The day, as `2026-11-21`. */
  readonly date: string
  /** The IOMMU driver. */
  readonly driver: 'mock'
}

/** Values of fields by their uAPI names; those beyond 2^53 as text. */
export type Fields = Readonly<Record<string, number | string>>

/**
 * A call and the kernel's answer: what was called, the fields that were not 0, the errno or null,
 * the fields that the kernel wrote.
 */
export type Answer = readonly [call: string, input: Fields, errno: string | null, output: Fields]

/** Answers of one kernel, sequence by sequence; each sequence has descriptors of its own. */
export interface Recorded {
  readonly from: RecordedFrom
  readonly sequences: readonly (readonly Answer[])[]
}

const plain = (value: unknown): number | string =>
  typeof value === 'bigint' ? smallest(value) : Number(value)
const smallest = (value: bigint): number | string =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)

const named = (op: Op): string =>
  op.kind !== 'ioctl' ? op.kind : op.ioctl === 'IOMMU_TEST_CMD' ? `${op.ioctl}(${op.op})` : op.ioctl

/** What a sequence called and was answered; ids are those that the kernel gave. */
export function answersOf(sequence: Sequence, { results }: SequenceResult): Answer[] {
  return results.map((result, i): Answer => {
    const op = sequence[i]
    const input: Record<string, number | string> = {}
    for (const [field, operand] of Object.entries(op.kind === 'ioctl' ? op.in : {})) {
      const value = isFrom(operand) ? results[operand.from].out[operand.field as string] : operand
      if (typeof value !== 'object' && value !== 0 && value !== 0n) input[field] = plain(value)
    }
    const output = Object.entries(result.out).filter(([, value]) => value !== 0 && value !== 0n)
    return [
      named(op),
      input,
      result.errno,
      Object.fromEntries(output.map(([field, value]) => [field, plain(value)])),
    ]
  })
}

/** Answers as JSON, a line for each sequence, compressed. */
export const writeRecorded = ({ from, sequences }: Recorded): Uint8Array =>
  gzipSync([from, ...sequences].map((line) => `${JSON.stringify(line)}\n`).join(''), { level: 9 })

/** Reads what {@link writeRecorded} wrote. */
export function readRecorded(bytes: Uint8Array): Recorded {
  const [from, ...sequences] = gunzipSync(bytes)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
  return { from: from as RecordedFrom, sequences: sequences as Recorded['sequences'] }
}
