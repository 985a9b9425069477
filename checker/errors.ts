/** Every code a {@link CheckerError} can carry, with what it means and what to do. Codes are stable; new ones are added, none is reused. */
export const errorCodes = {
  CHK001: 'context is not plain JSON',
  CHK002: 'machine uses a feature that cannot be checked exactly',
  CHK003: 'action other than assign',
  CHK004: 'refusal enabled together with a transition',
  CHK005: 'user code swallowed a refusal',
  CHK006: 'function is not deterministic',
  CHK007: 'function returned a promise',
  CHK008: 'assign threw',
  CHK009: 'local state space too large',
  CHK010: 'not symmetric',
  CHK011: 'name that is not there',
  CHK012: 'view misused',
  CHK013: 'malformed system',
  CHK014: 'function threw',
  CHK015: 'freed slot is not as new',
  CHK016: 'malformed trace',
  CHK017: 'trace does not replay',
  CHK018: 'refusal with a target or an action',
  CHK019: 'memory limit too small',
} as const

/** One of the stable codes of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes

/** The input is at fault: a model that the checker cannot treat exactly, a name that is not there, a malformed trace. */
export class CheckerError extends Error {
  readonly code: ErrorCode
  /** @param message - what is wrong, where, and what to do */
  constructor(code: ErrorCode, message: string) {
    super(`${code} ${errorCodes[code]}: ${message}`)
    this.name = 'CheckerError'
    this.code = code
  }
}
