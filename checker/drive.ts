import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { CheckerError } from './errors.ts'
import type { Sliced } from './pulse.ts'
import type { Cut, Progress } from './report.ts'
import type { System } from './system.ts'
import { instances } from './tabulated/instances.ts'
import { Search, type SearchOptions } from './tabulated/search.ts'
import { OutOfMemory } from './tabulated/states.ts'
import { Walker } from './tabulated/walker.ts'

/** What bounds a search from outside, and who hears of it. */
export interface DriveOptions {
  /** Stop before the process's memory passes so many bytes. */
  readonly maxMemory?: number
  /** Stops the search; what was found so far is reported, as bounded. */
  readonly signal?: AbortSignal
  /** Hears of the search's progress, a few times a second. */
  readonly onProgress?: (progress: Progress) => void
}

/** A search that has ended. */
export interface Driven {
  readonly search: Search
  /** What cut the search, or the work that comes after it, short. */
  readonly cut: Cut | null
  /** When it began, as `performance.now()` has it. */
  readonly begun: number
  readonly peakBytes: number
  /**
   * Does work that comes after the search, in turns with the event loop; null where it was
   * interrupted.
   */
  inTurns<T>(work: Sliced<T>): Promise<T | null>
}

/** States expanded between two looks at the clock. */
const slice = 256
/**
 * The share of the memory limit at which the search stops: the rest is for what comes after it,
 * traces above all.
 */
const headroom = 0.85
/**
 * Milliseconds between two turns of the event loop, in which signals and progress have their
 * chance.
 */
const turnEvery = 100
/** Milliseconds that are left after an interrupt, to tell what was seen before it. */
const grace = 200

/** Searches a system to the end, or until something stops it. */
export async function drive(
  system: System,
  options: Omit<SearchOptions, 'maxBytes'>,
  { maxMemory = Infinity, signal, onProgress }: DriveOptions,
): Promise<Driven> {
  const begun = performance.now()
  const idle = process.memoryUsage.rss()
  const walker = new Walker(system)
  let search: Search | null = null
  let peakBytes = idle
  let bytes = 0
  let cut: Cut | null = null
  let turned = begun
  let interrupted = signal?.aborted === true ? begun : Infinity
  const isTime = () => interrupted === Infinity && performance.now() - turned >= turnEvery
  const takeTurn = async () => {
    bytes = process.memoryUsage.rss()
    peakBytes = Math.max(peakBytes, bytes)
    const { states, transitions, depth, frontier } = search ?? nothing
    const seconds = (performance.now() - begun) / 1000
    onProgress?.({ states, transitions, depth, frontier, seconds, bytes })
    await turn()
    turned = performance.now()
    walker.pulse.start(turnEvery)
    if (signal?.aborted === true) interrupted = turned
  }
  const inTurns = async <T>(work: Sliced<T>, until: () => number): Promise<T | null> => {
    for (;;) {
      const { done, value } = work.next()
      if (done === true) return value
      if (isTime()) await takeTurn()
      if (performance.now() < until()) continue
      cut = 'interrupt'
      return null
    }
  }
  walker.pulse.start(turnEvery)
  // Where there was no time to make all calls there is none to try them.
  const calls = (await inTurns(instances(system, walker.program), () => interrupted)) ?? []
  const made = within(
    maxMemory,
    () => new Search(walker, calls, { ...options, maxBytes: Math.max(1, maxMemory - idle) }),
  )
  search = made
  while (interrupted === Infinity && bytes <= maxMemory * headroom && made.step(slice))
    if (isTime()) await takeTurn()
  if (bytes > maxMemory * headroom) cut = 'memory'
  while (interrupted === Infinity && !made.finish(true)) if (isTime()) await takeTurn()
  if (interrupted < Infinity) {
    cut = 'interrupt'
    walker.pulse.start(grace)
    made.finish(false)
  }
  return {
    search: made,
    get cut() {
      return cut ?? made.cut
    },
    begun,
    get peakBytes() {
      return peakBytes
    },
    inTurns: (work) => inTurns(work, () => interrupted + grace),
  }
}

const nothing = { states: 0, transitions: 0, depth: 0, frontier: 0 }

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
