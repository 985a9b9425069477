import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'
import { check, type CheckOptions, type Report, type System } from '../checker/index.ts'
import { apart } from './apart.ts'
import type { Choice } from './catalogue.ts'
import type { Io } from './io.ts'
import { progressLine } from './progress.ts'
import { title } from './report-text.ts'
import { withProperties } from './select.ts'

/** What a search is told; the same for all systems of a command. */
export type Limits = Pick<CheckOptions, 'symmetry' | 'maxMemory' | 'maxStates' | 'maxDepth'>

/** How systems are explored. */
export interface Exploration {
  /** The properties looked at; null for all. */
  readonly wanted: readonly string[] | null
  readonly limits: Limits
}

/**
 * Explores systems; reports come in their order, up to where the user interrupts. Several are
 * explored at the same time, each in a process of its own, as far as there are cores; one after
 * another where memory is limited: the limit is that of one process.
 */
export async function* explore(
  tasks: readonly { readonly choice: Choice; readonly system: System }[],
  { wanted, limits }: Exploration,
  io: Io,
): AsyncGenerator<Report> {
  const cores = Math.min(availableParallelism(), tasks.length)
  const { worker } = io
  if (worker === undefined || cores < 2 || limits.maxMemory !== undefined) {
    for (const { choice, system } of tasks) {
      if (io.signal.aborted) return
      const line = progressLine(io.stderr, title({ choice }))
      const chosen = wanted === null ? system : withProperties(system, wanted)
      yield await check(chosen, { ...limits, signal: io.signal, onProgress: line.show }).finally(
        line.end,
      )
    }
    return
  }
  const atOnce = pLimit(cores)
  let awaited = 0
  const reports = tasks.map(({ choice }, i) =>
    atOnce(async () => {
      if (io.signal.aborted) return null
      // The one whose report comes next shows its progress; one line is enough for all.
      const line = progressLine(io.stderr, title({ choice }))
      const show = (progress: Parameters<typeof line.show>[0]) =>
        i === awaited && line.show(progress)
      const report = await apart(
        worker,
        { task: 'check', choice, wanted, limits },
        io.signal,
        show,
      ).finally(() => i === awaited && line.end())
      return report as Report
    }),
  )
  // A failure is heard of in its turn.
  for (const report of reports) report.catch(() => undefined)
  for (; awaited < reports.length; awaited++) {
    const report = await reports[awaited]
    if (report === null) return
    yield report
  }
}
