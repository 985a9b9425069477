import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { CheckerError } from './errors.ts'
import type { Cut, Progress, PropertyReport, Report, TraceStep, Verdict } from './report.ts'
import { replay, steps } from './replay.ts'
import { retrace } from './retrace.ts'
import type { System } from './system.ts'
import { callsTo } from './tabulated/retrace.ts'
import { Search, type Sighting } from './tabulated/search.ts'
import { OutOfMemory } from './tabulated/states.ts'

/** How to search. */
export interface CheckOptions {
  /** Breadth-first (the default) finds shortest traces; depth-first finds deep ones early. */
  readonly order?: 'breadth' | 'depth'
  /** Store states that differ only in the numbering of interchangeable components once. On by default. */
  readonly symmetry?: boolean
  /** Stop at so many states. */
  readonly maxStates?: number
  /** Do not go beyond paths of so many calls (breadth-first only). */
  readonly maxDepth?: number
  /** Stop before the process's memory passes so many bytes. */
  readonly maxMemory?: number
  /** Stops the search; what was found so far is reported, as bounded. */
  readonly signal?: AbortSignal
  /** Hears of the search's progress, a few times a second. */
  readonly onProgress?: (progress: Progress) => void
}

/** States expanded between two looks at the clock. */
const slice = 256
/** The share of the memory limit at which the search stops: the rest is for what comes after it, traces above all. */
const headroom = 0.85
/** Milliseconds between two turns of the event loop, in which signals and progress have their chance. */
const turnEvery = 100

/**
 * Explores a system exhaustively (within the limits) and says what became of each of its properties. Counterexamples have been replayed
 * through plain XState before they are returned.
 *
 * @throws CheckerError for a model that cannot be checked exactly
 */
export async function check(system: System, options: CheckOptions = {}): Promise<Report> {
  const {
    order = 'breadth',
    symmetry = true,
    maxStates = Infinity,
    maxDepth = Infinity,
    maxMemory = Infinity,
    signal,
    onProgress,
  } = options
  if (order === 'depth' && maxDepth !== Infinity) throw new CheckerError('CHK013', 'a limit on depth needs breadth-first order')
  const begun = performance.now()
  const idle = process.memoryUsage.rss()
  const stepsBefore = xstateSteps(system)
  const search = within(
    maxMemory,
    () => new Search(system, { order, symmetry, maxStates, maxDepth, maxBytes: Math.max(1, maxMemory - idle) }),
  )
  let peak = idle
  let cut: Cut | null = null
  let turned = begun
  while (search.step(slice)) {
    const now = performance.now()
    if (now - turned < turnEvery) continue
    turned = now
    const bytes = process.memoryUsage.rss()
    peak = Math.max(peak, bytes)
    onProgress?.({
      states: search.states,
      transitions: search.transitions,
      depth: search.depth,
      frontier: search.frontier,
      seconds: (now - begun) / 1000,
      bytes,
    })
    if (bytes > maxMemory * headroom) {
      cut = 'memory'
      break
    }
    await turn()
    if (signal?.aborted) {
      cut = 'interrupt'
      break
    }
  }
  search.finish()
  cut ??= search.cut
  // Before traces are replayed, which is no part of the search.
  const xstate = xstateSteps(system) - stepsBefore
  const properties = propertyReports(search, cut)
  peak = Math.max(peak, process.memoryUsage.rss(), process.resourceUsage().maxRSS * 1024)
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
    peakBytes: peak,
    properties,
    statistics: search.statistics(xstate),
  }
}

/** What is made before the first state is looked at must fit in the limit. */
function within<T>(maxMemory: number, make: () => T): T {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error
    const held = Math.ceil(process.memoryUsage.rss() / 2 ** 20)
    throw new CheckerError(
      'CHK019',
      `the limit is ${maxMemory} bytes, and the process holds ${held} MiB before its first state; allow more`,
    )
  }
}

const xstateSteps = (system: System): number => system.kinds.reduce((n, k) => n + (k.machine?.steps ?? 0), 0)

function propertyReports(search: Search, cut: Cut | null): PropertyReport[] {
  const { system } = search
  const builtIn = [
    { id: 'accepted', says: 'Every event that is sent is accepted.' },
    ...(system.kinds.some((k) => k.slots) ? [{ id: 'dangling', says: 'No reference that holds names a free slot.' }] : []),
    ...(system.terminal === null ? [] : [{ id: 'deadlock', says: 'Every state has a transition, or is meant to be the last.' }]),
  ].map((p) => ({ ...p, kind: 'built-in' as const }))
  return [...builtIn, ...system.properties.filter((p) => p.kind !== 'assume')].map(({ id, kind, says }) => ({
    id,
    kind,
    says,
    ...verdict(search, id, kind, cut),
  }))
}

function verdict(search: Search, id: string, kind: PropertyReport['kind'], cut: Cut | null): Verdict {
  const sighting = search.sightings.get(id)
  if (sighting !== undefined) {
    const trace = traceTo(search, sighting)
    return kind === 'cover' ? { verdict: 'covered', trace } : { verdict: 'violated', trace, note: retrace(search.system, trace, id).note }
  }
  if (kind === 'cover') return cut === null ? { verdict: 'notCovered' } : { verdict: 'unknown', by: cut }
  return cut === null ? { verdict: 'proved' } : { verdict: 'bounded', by: cut }
}

/** The sighting's trace, replayed through plain XState and seen there too. */
function traceTo(search: Search, sighting: Sighting): TraceStep[] {
  return steps(replay(search.system, callsTo(search, sighting.state), sighting.property, sighting.call?.operation ?? null))
}
