import { check, type CheckOptions } from '../checker/index.ts'
import { choose, type Wanted } from './choose.ts'
import { assertWritable, makeFolder, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { progressLine } from './progress.ts'
import { reportJson } from './report-json.ts'
import { runText, summaryText, title } from './report-text.ts'
import { exitCode, judge, type Result } from './result.ts'
import { assertProperties, only, withProperties } from './select.ts'
import { writeTraces } from './traces.ts'

/** The options of `check`, parsed. */
export interface CheckCommand extends Wanted {
  readonly property?: readonly string[]
  readonly symmetry: boolean
  readonly maxMemory?: number
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly format: 'text' | 'json'
  readonly out?: string
  readonly traces?: string
  readonly stats?: boolean
}

/** Checks the systems chosen, one after another, and reports. Returns the exit code. */
export async function checkCommand(command: CheckCommand, io: Io): Promise<number> {
  const { property: wanted, symmetry, maxMemory, maxStates, maxDepth, format, out, traces, stats = false } = command
  const all = choose(io.catalogue, command).map((choice) => ({ choice, system: io.catalogue.build(choice) }))
  if (wanted !== undefined)
    assertProperties(
      wanted,
      all.map((one) => one.system),
    )
  if (out !== undefined) assertWritable(out)
  if (traces !== undefined) makeFolder(traces)
  const results: Result[] = []
  const kept: string[] = []
  const print = (text: string) => void (out === undefined ? io.stdout.write(`${text}\n`) : kept.push(`${text}\n`))
  for (const { choice, system } of all) {
    if (io.signal.aborted) break
    const line = progressLine(io.stderr, title({ choice }))
    const options: CheckOptions = { symmetry, maxMemory, maxStates, maxDepth, signal: io.signal, onProgress: line.show }
    const report = await check(wanted === undefined ? system : withProperties(system, wanted), options).finally(line.end)
    const result = judge(choice, system, wanted === undefined ? report : only(report, wanted), io.catalogue.findings(choice))
    results.push(result)
    if (traces !== undefined) writeTraces(result, traces)
    if (format === 'text') print(`${runText(result, stats)}\n`)
  }
  const left = all.slice(results.length).map(title)
  print(format === 'json' ? JSON.stringify(reportJson(results, io.version, stats), null, 2) : summaryText(results, left))
  if (out !== undefined) writeWhole(out, kept.join(''))
  return exitCode(results, left.length > 0)
}
