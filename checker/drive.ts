import { performance } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { CheckerError } from './errors.ts'
import type { Cut, Progress } from './report.ts'
import type { System } from './system.ts'
import { Search, type SearchOptions } from './tabulated/search.ts'
import { OutOfMemory } from './tabulated/states.ts'

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
  readonly cut: Cut | null
  /** When it began, as `performance.now()` has it. */
  readonly begun: number
  readonly peakBytes: number
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

/** Searches a system to the end, or until something stops it. */
export async function drive(
  system: System,
  options: Omit<SearchOptions, 'maxBytes'>,
  { maxMemory = Infinity, signal, onProgress }: DriveOptions,
): Promise<Driven> {
  const begun = performance.now()
  const idle = process.memoryUsage.rss()
  const search = within(
    maxMemory,
    () => new Search(system, { ...options, maxBytes: Math.max(1, maxMemory - idle) }),
  )
  let peakBytes = idle
  let cut: Cut | null = null
  let turned = begun
  while (search.step(slice)) {
    const now = performance.now()
    if (now - turned < turnEvery) continue
    turned = now
    const bytes = process.memoryUsage.rss()
    peakBytes = Math.max(peakBytes, bytes)
    const { states, transitions, depth, frontier } = search
    onProgress?.({ states, transitions, depth, frontier, seconds: (now - begun) / 1000, bytes })
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
  return { search, cut: cut ?? search.cut, begun, peakBytes }
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
