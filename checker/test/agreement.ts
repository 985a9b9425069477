import { check, type CheckOptions } from '../check.ts'
import { CheckerError } from '../errors.ts'
import { explore, type Explored } from '../reference/explore.ts'
import type { Call } from '../reference/engine.ts'
import { replay } from '../replay.ts'
import type { PropertyReport, Report, TraceStep } from '../report.ts'
import type { System } from '../system.ts'

/** The reference engine's findings, or null where the system is larger than wanted. */
export function explored(system: System, maxStates: number): Explored | null {
  try {
    return explore(system, maxStates)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The tabulated engine's report, or null where an assumption rules the initial state out. */
export async function checked(system: System, options: CheckOptions): Promise<Report | null> {
  try {
    return await check(system, options)
  } catch (error) {
    if (
      error instanceof CheckerError &&
      error.code === 'CHK013' &&
      error.message.includes('is ruled out')
    )
      return null
    throw error
  }
}

/** The properties seen to break, or to be reached, with the lengths of their traces, sorted. */
export const seenIn = (report: Report): string[] =>
  report.properties.flatMap((p) => ('trace' in p ? [`${p.id} after ${p.trace.length}`] : [])).sort()

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
): string[] => replay(system, callsOf(system, trace)).map((s) => s.outcome)
