/**
 * The generated documents.
 *
 * @module
 */
import { makeBook } from './book.ts'
import { explore, type RunFacts } from './facts.ts'
import { pages, type Pages } from './pages.ts'
import { readRuns, shortest, writeRuns } from './record.ts'
import type { RecordedKernel } from './recorded-kernel.ts'
import { chosen } from './runs.ts'

export { mark } from './markdown.ts'
export { readRecordedKernel, type RecordedKernel } from './recorded-kernel.ts'
export { generatedFolders, type Pages } from './pages.ts'

/** Where the runs stand that the pages rest on. */
export const runsFile = 'runs.json'

/** Who wants to know how far it is, and to stop it. */
export interface Watching {
  readonly signal?: AbortSignal
  /** Hears of each run before it begins. */
  readonly onRun?: (name: string) => void
}

/** Explores all runs, each once, and makes all pages, the record of the runs among them; none where the signal stops it. */
export async function generate(recorded: RecordedKernel | null, { signal, onRun }: Watching = {}): Promise<Pages> {
  const runs: RunFacts[] = []
  for (const choice of chosen) {
    if (signal?.aborted === true) return new Map()
    onRun?.(choice.name)
    runs.push(await explore(choice, signal))
  }
  if (signal?.aborted === true) return new Map()
  return render(writeRuns(shortest(runs)), recorded)
}

/** All pages from a record of runs. Throws CheckerError where its traces are not the model's any more. */
export async function render(record: string, recorded: RecordedKernel | null = null): Promise<Pages> {
  const made = await pages(makeBook(readRuns(record)), recorded)
  return new Map([[runsFile, record], ...made])
}
