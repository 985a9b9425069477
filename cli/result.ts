import type { PropertyReport, Report, System } from '../checker/index.ts'
import type { Choice } from './catalogue.ts'

/** A property as a run reports it: a violation that is on record is a finding. */
export type Judged = PropertyReport & { readonly finding: boolean }

/** One run of the checker and what was expected of it. */
export interface Result {
  readonly choice: Choice
  readonly system: System
  readonly report: Report
  readonly properties: readonly Judged[]
  /** Recorded findings that did not show, though the run was complete. */
  readonly missing: readonly string[]
}

/** Holds a report against the recorded findings. */
export function judge(
  choice: Choice,
  system: System,
  report: Report,
  findings: readonly string[],
): Result {
  const properties = report.properties.map((p) => ({
    ...p,
    finding: p.verdict === 'violated' && findings.includes(p.id),
  }))
  const missing = properties
    .filter((p) => findings.includes(p.id) && p.verdict === 'proved')
    .map((p) => p.id)
  return { choice, system, report, properties, missing }
}

/** The word for a property's verdict. */
export const verdictOf = (p: Judged): PropertyReport['verdict'] | 'finding' =>
  p.finding ? 'finding' : p.verdict

/** Exit codes of the command line. */
export const exit = { expected: 0, broken: 1, usage: 2, incomplete: 3 } as const

/** The exit code of all runs together; `interrupted` where some were not begun. */
export function exitCode(results: readonly Result[], interrupted: boolean): number {
  const bad = (p: Judged) => ['violated', 'notCovered', 'vacuous'].includes(verdictOf(p))
  if (results.some((r) => r.missing.length > 0 || r.properties.some(bad))) return exit.broken
  return interrupted || results.some((r) => !r.report.complete) ? exit.incomplete : exit.expected
}
