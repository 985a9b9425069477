import { ConformanceError } from './errors.ts'

/** Runs a script's work. What cannot be done is one line on standard error, with exit code 2. */
export async function reporting(
  work: (say: (line: string) => void) => Promise<void>,
): Promise<void> {
  try {
    await work((line) => process.stdout.write(`${line}\n`))
  } catch (error) {
    if (!(error instanceof ConformanceError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 2
  }
}
