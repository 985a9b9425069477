/** Recorded ioctl logs, held against the model. */
export { TraceError, traceErrorCodes, type TraceErrorCode } from './errors.ts'
export { readLog } from './read-log.ts'
export { summaryOf, total, type Counts, type Summary } from './summary.ts'
export { validate, type Validation } from './validate.ts'
export type { Status, Verdict } from './verdict.ts'
