import type { Constant } from './params.ts'

/** One call of a trace. */
export interface TraceStep {
  /** The operation's name; `name:step` for the later steps of an interleaved path. */
  readonly action: string
  /** Components and values by name (`viommu[1]`), constants as they are. */
  readonly args: { readonly [name: string]: Constant }
  /** `ok`, `step`, an error code, or `unaccepted`. */
  readonly outcome: string
}

/** How strong a verdict is, and what it rests on. */
export type Verdict =
  /** Every reachable state of the scope was visited and stored exactly. */
  | { readonly verdict: 'proved' }
  /** It broke; the trace is a shortest one where the search was breadth-first. */
  | { readonly verdict: 'violated'; readonly trace: readonly TraceStep[]; readonly note: string }
  /** It was reached. */
  | { readonly verdict: 'covered'; readonly trace: readonly TraceStep[] }
  /** Every reachable state was visited and it was not reached. */
  | { readonly verdict: 'notCovered' }
  /** Not broken as far as the search went, and what ended it. */
  | { readonly verdict: 'bounded'; readonly by: Cut }
  /** Not reached as far as the search went. */
  | { readonly verdict: 'unknown'; readonly by: Cut }

/** What cut a search short. */
export type Cut = 'depth' | 'states' | 'memory' | 'interrupt'

/** What became of one property. Assumptions are none: they bound what is explored. */
export type PropertyReport = {
  readonly id: string
  readonly kind: 'always' | 'step' | 'cover' | 'built-in'
  readonly says: string
} & Verdict

/** Sizes of the tables behind a run. */
export interface Statistics {
  /** Distinct local states by kind. */
  readonly localStates: { readonly [kind: string]: number }
  /** Leaves of decision trees: how often user code met something new. */
  readonly leaves: number
  /** Steps that XState computed. */
  readonly xstateSteps: number
  /** Machine transitions that were taken (or refused), by name: `viommu.live.destroy[1]`. */
  readonly machineTransitions: { readonly [name: string]: number }
  /** Operations that never ended otherwise than blocked. */
  readonly neverEnabled: readonly string[]
  /** Outcomes by operation. */
  readonly outcomes: { readonly [operation: string]: readonly string[] }
}

/** What a run of the checker found. */
export interface Report {
  readonly symmetry: boolean
  /** Distinct states (orbits, under symmetry). */
  readonly states: number
  /** Calls that changed something or succeeded. */
  readonly transitions: number
  /** Calls that were refused and changed nothing. */
  readonly refusals: number
  /** The longest of the shortest ways to a state. */
  readonly depth: number
  readonly complete: boolean
  readonly cut: Cut | null
  readonly seconds: number
  /** Runs of user code (bodies and properties, with the predicates in them; repetitions that look for hidden state included), and XState steps. */
  readonly modelCalls: number
  /** The process's peak resident memory, in bytes. */
  readonly peakBytes: number
  readonly properties: readonly PropertyReport[]
  readonly statistics: Statistics
}

/** What is reported while a search runs. */
export interface Progress {
  readonly states: number
  readonly transitions: number
  readonly depth: number
  /** States found and not yet expanded. */
  readonly frontier: number
  readonly seconds: number
  /** Resident memory, in bytes. */
  readonly bytes: number
}

/** Whether everything came out as it should: nothing violated, nothing uncovered. */
export const asExpected = (report: Report): boolean =>
  report.properties.every((p) => p.verdict !== 'violated' && p.verdict !== 'notCovered')
