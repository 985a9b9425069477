import type { Constant } from './params.ts'

import { assertReport } from './validate/traces.ts'

/** One call of a trace. */
export interface TraceStep {
  /** The operation's name; `name:step` for the later steps of an interleaved path. */
  readonly action: string
  /** Components and values by name (`viommu[1]`), constants as they are. */
  readonly args: { readonly [name: string]: Constant }
  /** `ok`, `step`, an error code, `unaccepted`, or `locks`. */
  readonly outcome: string
}

/** Every reachable state of the scope was visited and stored exactly. */
export interface Proved {
  /** What must hold, holds. */
  readonly verdict: 'proved'
}
/** It broke. */
export interface Violated {
  /** What must hold, does not. */
  readonly verdict: 'violated'
  /**
   * Calls that lead to it from the initial state; a shortest sequence where the search was
   * breadth-first.
   */
  readonly trace: readonly TraceStep[]
  /** What is wrong, where a built-in property says more than its name; may be empty. */
  readonly note: string
}
/** Every reachable state was visited, and none of them, and no call, is what it speaks of. */
export interface Vacuous {
  /** What must hold, has nothing to hold of. */
  readonly verdict: 'vacuous'
  /** What never happened. */
  readonly note: string
}
/** It was reached. */
export interface Covered {
  /** What must be reachable, is. */
  readonly verdict: 'covered'
  /** Calls that lead there from the initial state. */
  readonly trace: readonly TraceStep[]
}
/** Every reachable state was visited and it was not reached. */
export interface NotCovered {
  /** What must be reachable, is not. */
  readonly verdict: 'notCovered'
}
/** Not broken as far as the search went. */
export interface Bounded {
  /** What must hold, held so far. */
  readonly verdict: 'bounded'
  /** What ended the search. */
  readonly by: Cut
}
/** Not reached as far as the search went. */
export interface Unknown {
  /** What must be reachable, was not seen yet. */
  readonly verdict: 'unknown'
  /** What ended the search. */
  readonly by: Cut
}
/** How strong a verdict is, and what it rests on. */
export type Verdict = Proved | Vacuous | Violated | Covered | NotCovered | Bounded | Unknown

/** What cut a search short. */
export type Cut = 'depth' | 'states' | 'memory' | 'interrupt'

/** What became of one property. Assumptions are none: they bound what is explored. */
export type PropertyReport = {
  /** The property's id. */
  readonly id: string
  /** What sort of property it is; `accepted`, `dangling`, `deadlock` and `omitted` are built in. */
  readonly kind: 'always' | 'step' | 'cover' | 'built-in'
  /** The property in one sentence. */
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
  /** Whether states were counted up to the numbering of interchangeable components. */
  readonly symmetry: boolean
  /** Distinct states (orbits, under symmetry). */
  readonly states: number
  /** Calls that changed something or succeeded. */
  readonly transitions: number
  /** Calls that were refused and changed nothing. */
  readonly refusals: number
  /** The longest of the shortest ways to a state. */
  readonly depth: number
  /** Whether every reachable state was visited. */
  readonly complete: boolean
  /** What cut the search short; null where it is complete. */
  readonly cut: Cut | null
  /** The time of the search, replays included. */
  readonly seconds: number
  /**
   * Runs of user code (bodies and properties, with the predicates in them; repetitions that look
   * for hidden state included), and XState steps.
   */
  readonly modelCalls: number
  /** The process's peak resident memory, in bytes. */
  readonly peakBytes: number
  /** One for each property, built-in ones first. */
  readonly properties: readonly PropertyReport[]
  /** Sizes of the tables, for whoever tunes a model. */
  readonly statistics: Statistics
}

/** What is reported while a search runs. */
export interface Progress {
  /** States found so far. */
  readonly states: number
  /** Transitions made so far. */
  readonly transitions: number
  /** Calls on the way to the state at hand. */
  readonly depth: number
  /** States found and not yet expanded. */
  readonly frontier: number
  /** Since the search began. */
  readonly seconds: number
  /** Resident memory, in bytes. */
  readonly bytes: number
}

/**
 * Whether everything came out as it should: nothing violated, nothing uncovered, nothing vacuous.
 *
 * @example
 * ```ts
 * import { asExpected, check, model, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, cover, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const bright = cover('bright', { says: 'All lamps can be on.', holds: ({ lamp }) => lamp.every((l) => l.in('on')) })
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press], properties: [bright] })
 * console.log(asExpected(await check(lamps))) // → true
 * ```
 */
export function asExpected(report: Report): boolean {
  assertReport(report)
  return report.properties.every(
    (p) => p.verdict !== 'violated' && p.verdict !== 'notCovered' && p.verdict !== 'vacuous',
  )
}
