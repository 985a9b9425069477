/**
 * Every code of a log that cannot be read. Codes are stable; new ones are added, none is reused.
 */
export const traceErrorCodes = {
  TRC001: 'not a line of JSON',
  TRC002: 'not a line of an ioctl log',
  TRC003: 'not a log in order',
  TRC004: 'nothing to check',
} as const

/** One of the stable codes of {@link traceErrorCodes}. */
export type TraceErrorCode = keyof typeof traceErrorCodes

/** A log is at fault. */
export class TraceError extends Error {
  readonly code: TraceErrorCode
  /** The line, from 1; null where the log is at fault as a whole. */
  readonly line: number | null
  constructor(code: TraceErrorCode, line: number | null, message: string) {
    super(`${code} ${traceErrorCodes[code]}: ${line === null ? '' : `line ${line}: `}${message}`)
    this.name = 'TraceError'
    this.code = code
    this.line = line
  }
}
