import { performance } from 'node:perf_hooks'
import { drive, type DriveOptions } from './drive.ts'
import { builtIn } from './built-in.ts'
import { CheckerError } from './errors.ts'
import type { Cut, PropertyReport, Report, TraceStep, Verdict } from './report.ts'
import { replay, steps } from './replay.ts'
import { retrace } from './retrace.ts'
import type { System } from './system.ts'
import { wayTo } from './tabulated/retrace.ts'
import type { Search, Sighting } from './tabulated/search.ts'
import { assertCheckOptions, assertSystem } from './validate/arguments.ts'

/** How to search. */
export interface CheckOptions extends DriveOptions {
  /** Breadth-first (the default) finds shortest traces; depth-first finds deep ones early. */
  readonly order?: 'breadth' | 'depth'
  /**
   * Store states that differ only in the numbering of interchangeable components once. On by
   * default.
   */
  readonly symmetry?: boolean
  /** Stop at so many states. */
  readonly maxStates?: number
  /** Do not go beyond paths of so many calls (breadth-first only). */
  readonly maxDepth?: number
}

/**
 * Explores a system exhaustively (within the limits) and says what became of each of its
 * properties. Counterexamples have been replayed through plain XState before they are returned.
 *
 * @throws CheckerError for a model that cannot be checked exactly
 *
 * @example
 * ```ts
 * import { check, model, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, always, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const dark = always('dark', { says: 'One lamp is off.', holds: ({ lamp }) => lamp.some((l) => l.in('off')) })
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press], properties: [dark] })
 * const report = await check(lamps)
 * console.log(report.states, report.transitions, report.complete) // → 4 8 true
 * for (const p of report.properties) console.log(p.id, p.verdict)
 * // → accepted proved
 * // → dark violated
 * ```
 */
export async function check(system: System, options: CheckOptions = {}): Promise<Report> {
  assertSystem(system, 'check')
  assertCheckOptions(options)
  const {
    order = 'breadth',
    symmetry = true,
    maxStates = Infinity,
    maxDepth = Infinity,
    ...outside
  } = options
  if (order === 'depth' && maxDepth !== Infinity)
    throw new CheckerError('CHK013', 'a limit on depth needs breadth-first order')
  const stepsBefore = xstateSteps(system)
  const driven = await drive(system, { order, symmetry, maxStates, maxDepth }, outside)
  const { search, cut, begun } = driven
  // Before traces are replayed, which is no part of the search.
  const xstate = xstateSteps(system) - stepsBefore
  const properties = propertyReports(search, cut)
  const peakBytes = Math.max(
    driven.peakBytes,
    process.memoryUsage.rss(),
    process.resourceUsage().maxRSS * 1024,
  )
  return {
    symmetry: search.canon !== null,
    states: search.states,
    transitions: search.transitions,
    refusals: search.refusals,
    depth: search.depth,
    complete: cut === null,
    cut,
    seconds: (performance.now() - begun) / 1000,
    modelCalls: search.walker.modelCalls + xstate,
    peakBytes,
    properties,
    statistics: search.statistics(xstate),
  }
}

const xstateSteps = (system: System): number =>
  system.kinds.reduce((n, k) => n + (k.machine?.steps ?? 0), 0)

function propertyReports(search: Search, cut: Cut | null): PropertyReport[] {
  const { system } = search
  const present = {
    accepted: true,
    locks: system.lockOrder.used,
    dangling: system.kinds.some((k) => k.slots),
    deadlock: system.terminal !== null,
    omitted: system.omissions.length > 0,
  }
  const own = (Object.keys(builtIn) as (keyof typeof builtIn)[])
    .filter((id) => present[id])
    .map((id) => ({ id, says: builtIn[id], kind: 'built-in' as const }))
  const vacuous = search.vacuous()
  return [...own, ...system.properties.filter((p) => p.kind !== 'assume')].map(
    ({ id, kind, says }) => ({
      id,
      kind,
      says,
      ...verdict(search, vacuous, id, kind, cut),
    }),
  )
}

function verdict(
  search: Search,
  vacuous: ReadonlyMap<string, string>,
  id: string,
  kind: PropertyReport['kind'],
  cut: Cut | null,
): Verdict {
  const sighting = search.sightings.get(id)
  if (sighting !== undefined) {
    const trace = traceTo(search, sighting)
    return kind === 'cover'
      ? { verdict: 'covered', trace }
      : { verdict: 'violated', trace, note: retrace(search.system, trace, id).note }
  }
  if (kind === 'cover')
    return cut === null ? { verdict: 'notCovered' } : { verdict: 'unknown', by: cut }
  if (cut !== null) return { verdict: 'bounded', by: cut }
  const never = vacuous.get(id)
  return never === undefined ? { verdict: 'proved' } : { verdict: 'vacuous', note: never }
}

/** The sighting's trace, replayed through plain XState and seen there too. */
function traceTo(search: Search, sighting: Sighting): TraceStep[] {
  const { start, calls } = wayTo(search, sighting.state)
  const operation = sighting.call?.operation ?? null
  const replayed = replay(search.system, start.state, calls, sighting.property, operation)
  return [...(start.init === null ? [] : [start.init]), ...steps(replayed)]
}
