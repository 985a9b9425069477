import { z } from 'zod'

/** A field's value: a number, a bigint where a number would lose digits, a list, or what a pointer points to. */
export type LogValue = number | bigint | string | null | readonly LogValue[] | { readonly [field: string]: LogValue }

const value: z.ZodType<LogValue> = z.lazy(() =>
  z.union([z.number(), z.bigint(), z.string(), z.null(), z.array(value), z.record(z.string(), value)]),
)
const fields = z.record(z.string(), value)
const descriptor = z.int().nonnegative()
const pid = z.int().nonnegative()
/** A moment: any number that grows from line to line, nanoseconds for instance. */
const moment = z.union([z.number(), z.bigint()])

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
  ret: z.int(),
  /** The positive number; 0 where the call succeeded. */
  errno: z.int().nonnegative(),
  ...timed,
})

/** What happens to descriptors between the calls. */
export const eventLine = z.discriminatedUnion('event', [
  z.object({ event: z.literal('open'), pid, fd: descriptor, path: z.string().optional(), ...timed }),
  z.object({ event: z.literal('dup'), pid, fd: descriptor, to: descriptor, ...timed }),
  z.object({ event: z.literal('close'), pid, fd: descriptor, ...timed }),
  z.object({ event: z.literal('fork'), pid, child: pid, fd: descriptor.optional(), ...timed }),
  z.object({ event: z.literal('exit'), pid, ...timed }),
])

/** A call of `ioctl(2)` as it was logged. */
export type LoggedCall = z.infer<typeof callLine>
/** What happened to descriptors. */
export type LoggedEvent = z.infer<typeof eventLine>
/** A line of a log, with its number. */
export type Logged = (LoggedCall | LoggedEvent) & { readonly line: number }
