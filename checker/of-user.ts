import { CheckerError } from './errors.ts'
import { Refused } from './refused.ts'

/** Runs a function of the model; what it throws is told with where, and kept as the cause. */
export function ofUser<T>(where: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof CheckerError || error instanceof Refused) throw error
    const text = error instanceof Error ? error.message : String(error)
    throw new CheckerError('CHK014', `${where}: ${text}`, { cause: error })
  }
}
