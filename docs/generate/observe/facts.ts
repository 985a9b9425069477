import { check, type TraceStep, type Verdict } from '../../../checker/index.ts'
import { callerKind } from '../../../checker/inspect.ts'
import { pathsOf, type Path } from './call-paths.ts'
import { checkCovers } from './check-covers-wrapper.ts'
import type { Check } from './check.ts'
import { checksOf } from './checks.ts'
import { effectsOf, type Effect } from './effects.ts'
import { recorded, type Met } from './looks-wrapper.ts'
import { build, cheap, type Chosen } from './runs.ts'
import { sorted, type Sender } from './senders.ts'
import { composed } from './step-ways.ts'

/** What became of a property in a run. */
export interface PropertyFact {
  readonly id: string
  readonly verdict: Verdict['verdict']
  readonly trace?: readonly TraceStep[]
}

/** What one exploration told. */
export interface RunFacts extends Chosen {
  /** Threads that interleave. */
  readonly callers: number
  readonly states: number
  readonly transitions: number
  readonly refusals: number
  readonly depth: number
  readonly complete: boolean
  readonly properties: readonly PropertyFact[]
  /** The transitions of machines that were taken or refused, by name. */
  readonly exercised: readonly string[]
  /** The checks of every action. */
  readonly checks: readonly { readonly action: string; readonly checks: readonly Check[] }[]
  /** Which calls send which events. */
  readonly senders: readonly Sender[]
  /** The steps that calls go through, where they interleave. */
  readonly paths: readonly Path[]
  /** What calls change; of small systems alone. */
  readonly effects: readonly Effect[]
}

/** Explores one system. */
export async function explore(choice: Chosen, signal?: AbortSignal): Promise<RunFacts> {
  const system = build(choice)
  const met: Met = { ways: new Map(), steps: new Map(), senders: new Map() }
  const { callers } = system
  const report = await check(recorded(system, met), { signal })
  const own = (name: string) => name.startsWith(`${callerKind}.`)
  const steps = [...met.steps.values()]
  const ways = [...met.ways.values(), ...composed(steps)]
  const actions = [...new Set(system.operations.map(({ action }) => action.name))]
  const checks = new Map(
    actions.map((action) => [action, checksOf(ways.filter((way) => way.action === action))]),
  )
  // The expensive runs have next to no check, and no effect, that a cheap one has not.
  const small = cheap.some(({ name }) => name === choice.name)
  return {
    ...choice,
    callers,
    states: report.states,
    transitions: report.transitions,
    refusals: report.refusals,
    depth: report.depth,
    complete: report.complete,
    properties: [
      ...report.properties.map((p) => ({
        id: p.id,
        verdict: p.verdict,
        ...('trace' in p ? { trace: p.trace } : {}),
      })),
      ...(small ? await checkCovers(system, ways, checks, signal) : []),
    ],
    exercised: Object.keys(report.statistics.machineTransitions)
      .filter((name) => !own(name))
      .sort(),
    checks: [...checks].map(([action, checks]) => ({ action, checks })),
    senders: sorted(met.senders),
    paths: pathsOf(steps),
    effects: small ? effectsOf(system) : [],
  }
}
