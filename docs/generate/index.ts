/**
 * The generated documents.
 *
 * @module
 */
import { makeBook } from './book/book.ts'
import { explore, type RunFacts } from './observe/facts.ts'
import { pages, type Pages } from './pages/pages.ts'
import { readRuns, shortest, writeRuns } from './book/record.ts'
import type { RecordedKernel } from './book/recorded-kernel.ts'
import { cheap, chosen } from './observe/runs.ts'

export type { RunFacts } from './observe/facts.ts'

export { readRecordedKernel, type RecordedKernel } from './book/recorded-kernel.ts'
export { generatedFolders, type Pages } from './pages/pages.ts'

/** Where the runs stand that the pages rest on. */
export const runsFile = 'runs.json'

/** Who wants to know how far it is, and to stop it. */
export interface Watching {
  readonly signal?: AbortSignal
  /**
   * Explores the run of that name; {@link exploreRun} where there is nothing better. All are asked
   * for at once.
   */
  readonly explore?: (name: string) => Promise<RunFacts>
}

/** Explores one of the runs that the pages rest on. */
export async function exploreRun(name: string, signal?: AbortSignal): Promise<RunFacts> {
  const choice = chosen.find((one) => one.name === name)
  if (choice === undefined) throw new RangeError(`there is no run '${name}'`)
  return explore(choice, signal)
}

/**
 * Explores all runs, each once, and makes all pages, the record of the runs among them; none where
 * the signal stops it.
 */
export async function generate(
  recorded: RecordedKernel | null,
  { signal, explore: run }: Watching = {},
): Promise<Pages> {
  // What takes longest begins first.
  const queue = [...chosen].sort((a, b) => Number(cheap.includes(a)) - Number(cheap.includes(b)))
  const explored = queue.map(
    async ({ name }) => [name, await (run ?? ((one) => exploreRun(one, signal)))(name)] as const,
  )
  const facts = new Map(await Promise.all(explored))
  if (signal?.aborted === true) return new Map()
  const runs = chosen.map(({ name }) => facts.get(name) as RunFacts)
  return render(writeRuns(shortest(runs)), recorded)
}

/**
 * All pages from a record of runs. Throws CheckerError where its traces are not the model's any
 * more.
 */
export async function render(
  record: string,
  recorded: RecordedKernel | null = null,
): Promise<Pages> {
  const made = await pages(makeBook(readRuns(record)), recorded)
  return new Map([[runsFile, record], ...made])
}
