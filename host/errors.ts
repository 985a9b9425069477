/**
 * Every code of what keeps a kernel from being built, started or talked to. Codes are stable; new
 * ones are added, none is reused.
 */
export const conformanceErrorCodes = {
  CNF001: 'a program is missing',
  CNF002: 'no kernel source',
  CNF003: 'the kernel cannot be configured as needed',
  CNF004: 'the build failed',
  CNF005: 'the guest did not start',
  CNF006: 'the guest does not speak this protocol',
  CNF007: 'a sequence cannot be encoded',
  CNF008: 'the guest took too long',
} as const

/** One of the stable codes of {@link conformanceErrorCodes}. */
export type ConformanceErrorCode = keyof typeof conformanceErrorCodes

/** Something that a run on a real kernel needs is not there, or a sequence is at fault. */
export class ConformanceError extends Error {
  readonly code: ConformanceErrorCode
  /** @param message - what is wrong, where, and what to do */
  constructor(code: ConformanceErrorCode, message: string) {
    super(`${code} ${conformanceErrorCodes[code]}: ${message}`)
    this.name = 'ConformanceError'
    this.code = code
  }
}
