import { choose, type Wanted } from './choose.ts'
import { explore } from './explore.ts'
import { assertWritable, makeFolder, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { reportJson } from './report-json.ts'
import { runText, summaryText, title } from './report-text.ts'
import { exitCode, judge, type Result } from './result.ts'
import { assertProperties, only } from './select.ts'
import { writeTraces } from './traces.ts'

/** The options of `check`, parsed. */
export interface CheckCommand extends Wanted {
  readonly property?: readonly string[]
  readonly proposal?: string
  readonly symmetry: boolean
  readonly maxMemory?: number
  readonly maxStates?: number
  readonly maxDepth?: number
  readonly format: 'text' | 'json'
  readonly out?: string
  readonly traces?: string
  readonly stats?: boolean
}

/** Checks the systems chosen, and reports in their order. Returns the exit code. */
export async function checkCommand(command: CheckCommand, io: Io): Promise<number> {
  const {
    property: wanted,
    proposal,
    symmetry,
    maxMemory,
    maxStates,
    maxDepth,
    format,
    out,
    traces,
    stats = false,
  } = command
  const catalogue = proposal === undefined ? io.catalogue : await io.catalogue.proposing(proposal)
  const all = choose(catalogue, command)
    .map((choice) => (proposal === undefined ? choice : { ...choice, proposal }))
    .map((choice) => ({ choice, system: catalogue.build(choice) }))
  if (wanted !== undefined)
    assertProperties(
      wanted,
      all.map((one) => one.system),
    )
  if (out !== undefined) assertWritable(out)
  if (traces !== undefined) makeFolder(traces)
  const results: Result[] = []
  const kept: string[] = []
  const print = (text: string) =>
    void (out === undefined ? io.stdout.write(`${text}\n`) : kept.push(`${text}\n`))
  const limits = { symmetry, maxMemory, maxStates, maxDepth }
  for await (const report of explore(all, { wanted: wanted ?? null, limits }, io)) {
    const { choice, system } = all[results.length]
    const result = judge(
      choice,
      system,
      wanted === undefined ? report : only(report, wanted),
      catalogue.findings(choice),
    )
    results.push(result)
    if (traces !== undefined) writeTraces(result, traces)
    if (format === 'text') print(`${runText(result, stats)}\n`)
  }
  const left = all.slice(results.length).map(title)
  print(
    format === 'json'
      ? JSON.stringify(reportJson(results, io.version, stats), null, 2)
      : summaryText(results, left),
  )
  if (out !== undefined) writeWhole(out, kept.join(''))
  return exitCode(results, left.length > 0)
}
