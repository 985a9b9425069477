/** Every code of a wrong usage. Codes are stable; new ones are added, none is reused. */
export const cliErrorCodes = {
  CLI001: 'command line not understood',
  CLI002: 'unknown scope',
  CLI003: 'unknown driver',
  CLI004: 'unknown property',
  CLI005: 'unknown or malformed setting',
  CLI006: 'not a usable number',
  CLI007: 'cannot be written',
  CLI008: 'cannot be read',
  CLI009: 'graph too large to be looked at',
  CLI010: 'malformed aspect',
  CLI011: 'unknown or unusable proposal',
} as const

/** One of the stable codes of {@link cliErrorCodes}. */
export type CliErrorCode = keyof typeof cliErrorCodes

/** The command line is at fault, or a file that it names. */
export class CliError extends Error {
  readonly code: CliErrorCode
  constructor(code: CliErrorCode, message: string) {
    super(`${code} ${cliErrorCodes[code]}: ${message}`)
    this.name = 'CliError'
    this.code = code
  }
}

/** A message about a name that is not there, with those that are. */
export const notAmong = (name: string, names: readonly string[]): string =>
  `'${name}' is not among ${names.join(', ')}`
