import { check, type CheckOptions } from '../check.ts'
import { CheckerError } from '../errors.ts'
import { initAction, startOf } from '../starts.ts'
import { explore, type Explored } from '../reference/explore.ts'
import type { Call } from '../reference/engine.ts'
import { replay } from '../replay.ts'
import type { PropertyReport, Report, TraceStep } from '../report.ts'
import type { System } from '../system.ts'

const isRuledOut = (error: unknown): boolean =>
  error instanceof CheckerError && error.code === 'CHK013' && error.message.includes('is ruled out')

/**
 * The reference engine's findings, or null where the system is larger than wanted, or an assumption
 * rules all initial states out.
 */
export function explored(system: System, maxStates: number): Explored | null {
  try {
    return explore(system, maxStates)
  } catch (error) {
    if (error instanceof RangeError || isRuledOut(error)) return null
    throw error
  }
}

/** The tabulated engine's report, or null where an assumption rules all initial states out. */
export async function checked(system: System, options: CheckOptions): Promise<Report | null> {
  try {
    return await check(system, options)
  } catch (error) {
    if (isRuledOut(error)) return null
    throw error
  }
}

/** The properties seen to break, or to be reached, with the lengths of their traces, sorted. */
export const seenIn = (report: Report): string[] =>
  report.properties
    .flatMap((p) => ('trace' in p ? [`${p.id} after ${lengthOf(p.trace)}`] : []))
    .sort()

/** How many calls a trace has. */
export const lengthOf = (trace: readonly TraceStep[]): number =>
  trace.filter(({ action }, i) => i > 0 || action !== initAction).length

/** The same of the reference engine. */
export const seenBy = ({ seen }: Explored): string[] =>
  [...seen].map(([id, depth]) => `${id} after ${depth}`).sort()

/** The properties that nothing could break, sorted; none where the search was cut short. */
export const vacuousIn = (report: Report): string[] =>
  report.properties.flatMap((p) => (p.verdict === 'vacuous' ? [p.id] : [])).sort()

/** The same of the reference engine: those seen to break have something to break. */
export const vacuousBy = ({ vacuous, seen }: Explored): string[] =>
  [...vacuous].filter((id) => !seen.has(id)).sort()

/** Verdicts by property, without traces. */
export const verdictsOf = (report: Report): string[] =>
  report.properties.map((p) => `${p.id} ${p.verdict}`)

/** The calls that a trace names. */
const callsOf = (system: System, trace: readonly TraceStep[]): Call[] =>
  trace.map(({ action, args }) => {
    const operation = system.operations.find((o) => o.name === action)
    if (operation === undefined) throw new Error(`there is no operation ${action}`)
    return { operation, args }
  })

/** A trace's outcomes when performed once more through plain XState, call by call. */
export const outcomesOf = (
  system: System,
  { trace }: PropertyReport & { trace: readonly TraceStep[] },
): string[] => {
  const { start, calls } = startOf(system, trace)
  const outcomes = replay(system, start.state, callsOf(system, calls)).map((s) => s.outcome)
  return calls === trace ? outcomes : ['ok', ...outcomes]
}
