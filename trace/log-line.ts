import { z } from 'zod'

/** A field's value: a number, a bigint where a number would lose digits, or a list of them. */
export type LogValue = number | bigint | readonly (number | bigint)[]

/** A number that JSON cannot hold exactly is text, `0x…`. */
const hexadecimal = z
  .string()
  .regex(/^0x[0-9a-f]{1,16}$/)
  .transform((text) => BigInt(text))
const one = z.union([z.int(), hexadecimal])
const fields = z.record(z.string(), z.union([one, z.array(one)]))
const descriptor = z.int().nonnegative()
const pid = z.int().nonnegative()
/** A moment: any number that grows from line to line, nanoseconds for instance. */
const moment = z.number()

const timed = { begin: moment.optional(), end: moment.optional() }

/** A call of `ioctl(2)`. */
export const callLine = z.object({
  pid,
  fd: descriptor,
  ioctl: z.string(),
  /** The operation of `IOMMU_TEST_CMD`, as it follows `IOMMU_TEST_OP_`. */
  op: z.string().optional(),
  in: fields.optional(),
  out: fields.optional(),
  /** What pointers point to after the call, in hexadecimal, by field. */
  memory: z.record(z.string(), z.string().regex(/^(?:[0-9a-f]{2})*$/)).optional(),
  ret: z.int(),
  /** The positive number; 0 where the call succeeded. */
  errno: z.int().nonnegative(),
  ...timed,
})

/** What happens to descriptors between the calls. */
export const eventLine = z.discriminatedUnion('event', [
  z.object({ event: z.literal('open'), pid, fd: descriptor, ...timed }),
  /** `fd` is the new descriptor. */
  z.object({ event: z.literal('dup'), pid, fd: descriptor, from: descriptor, ...timed }),
  z.object({ event: z.literal('close'), pid, fd: descriptor, ...timed }),
  /** `pid` is the child. */
  z.object({ event: z.literal('fork'), pid, parent: pid, ...timed }),
  z.object({ event: z.enum(['mmap', 'munmap']), pid, fd: descriptor, offset: one, ...timed }),
])

/** A call of `ioctl(2)` as it was logged. */
export type LoggedCall = z.infer<typeof callLine>
/** What happened to descriptors. */
export type LoggedEvent = z.infer<typeof eventLine>
/** A line of a log, with its number. */
export type Logged = (LoggedCall | LoggedEvent) & { readonly line: number }
