import { CheckerError } from './errors.ts'

/** What user code has thrown, as an error with a code; what the checker has thrown stays so. */
export function thrownBy(where: string, error: unknown): CheckerError {
  if (error instanceof CheckerError) return error
  const text = error instanceof Error ? error.message : String(error)
  return new CheckerError('CHK014', `${where}: ${text}`, { cause: error })
}

/** Asks user code; what it throws gets a code, and is the cause of that. */
export function asked<T>(where: string, ask: () => T): T {
  try {
    return ask()
  } catch (error) {
    throw thrownBy(where, error)
  }
}
