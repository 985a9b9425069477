import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Validation } from '../trace/index.ts'
import type { ProfileName } from '../spec/index.ts'
import { CliError, notAmong } from './errors.ts'
import { assertWritable, because, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { exit } from './result.ts'
import { traceJson, traceReportText } from './trace-report.ts'

/** The options of `trace`, parsed. */
export interface TraceCommand {
  /** The driver's profile; chosen by the log where none is named. */
  readonly driver?: string
  readonly format: 'text' | 'json'
  readonly out?: string
}

/**
 * Holds a recorded log of ioctls against the model, and reports what the model forbids. Returns the
 * exit code.
 */
export async function traceCommand(
  path: string,
  { driver, format, out }: TraceCommand,
  io: Io,
): Promise<number> {
  const { drivers } = io.catalogue
  if (driver !== undefined && !drivers.includes(driver))
    throw new CliError('CLI003', notAmong(driver, drivers))
  if (out !== undefined) assertWritable(out)
  // The library that validates the lines is large; other commands do without it.
  const { readLog, summaryOf, validate } = await import('../trace/index.ts')
  const validation = validate(readLog(logText(path)), driver as ProfileName | undefined)
  const summary = summaryOf(validation)
  const report = `${format === 'json' ? JSON.stringify(traceJson(validation, summary, io.version), null, 2) : traceReportText(validation, summary)}\n`
  if (out === undefined) io.stdout.write(report)
  else writeWhole(out, report)
  return exitOf(validation)
}

/** Something rejected counts for more than a search that was cut short. */
function exitOf({ verdicts, cut }: Validation): number {
  if (verdicts.some(({ status }) => status === 'rejected')) return exit.broken
  return cut.length > 0 ? exit.incomplete : exit.expected
}

/** A log's text; compressed with gzip where the file's name says so. */
function logText(path: string): string {
  try {
    const bytes = readFileSync(path)
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  } catch (error) {
    throw new CliError('CLI008', because(error))
  }
}
