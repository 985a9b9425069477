/** Recorded ioctl logs, held against the model. */
export { readLog } from './read-log.ts'
export { summaryOf } from './summary.ts'
export { validate, type Validation } from './validate.ts'
export type { Verdict } from './verdict.ts'
