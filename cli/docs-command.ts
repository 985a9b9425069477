import { existsSync, readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import pLimit from 'p-limit'
import type { Pages, RecordedKernel, RunFacts } from '../docs/generate/index.ts'
import { apart } from './apart.ts'
import { CliError } from './errors.ts'
import { assertWritable, makeFolder, readText, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { plural } from './numbers.ts'
import { exit } from './result.ts'

/** What a real kernel has shown, as the repository has it. */
const usualRecord = 'conformance/recorded/mock-7.3.4.confirmed.json'

/** The options of `docs`, parsed. */
export interface DocsCommand {
  /** The folder that holds the generated ones. */
  readonly out: string
  /** Compare, and write nothing. */
  readonly check?: boolean
  /** A file of what a real kernel has shown. */
  readonly recorded?: string
}

/** Writes the generated documents, or compares them with what is there. Returns the exit code. */
export async function docsCommand(
  { out, check = false, recorded }: DocsCommand,
  io: Io,
): Promise<number> {
  // The layout library is large; other commands do without it.
  const { exploreRun, generate, generatedFolders, readRecordedKernel } =
    await import('../docs/generate/index.ts')
  const told = recorded ?? (existsSync(usualRecord) ? usualRecord : undefined)
  const kernel = told === undefined ? null : readKernel(told, readRecordedKernel)
  if (!check) {
    makeFolder(out)
    assertWritable(join(out, 'runs.json'))
  }
  const { worker } = io
  const atOnce = pLimit(worker === undefined ? 1 : availableParallelism())
  const explore = (run: string) =>
    atOnce(async () => {
      if (io.stderr.isTTY) io.stderr.write(`explores ${run}\n`)
      if (worker === undefined) return exploreRun(run, io.signal)
      return (await apart(worker, { task: 'facts', run }, io.signal, () => undefined)) as RunFacts
    })
  const pages = await generate(kernel, { signal: io.signal, explore })
  if (io.signal.aborted) return exit.incomplete
  const stale = [...pages]
    .filter(([path, text]) => textAt(join(out, path)) !== text)
    .map(([path]) => path)
  const left = leftovers(out, generatedFolders, pages)
  if (check) {
    for (const path of [...stale, ...left]) io.stdout.write(`stale: ${join(out, path)}\n`)
    return stale.length + left.length > 0 ? exit.broken : exit.expected
  }
  for (const path of stale) {
    makeFolder(dirname(join(out, path)))
    writeWhole(join(out, path), pages.get(path) as string)
  }
  for (const path of left) rmSync(join(out, path))
  io.stdout.write(
    `${plural(pages.size, 'file')} in ${out}, ${stale.length} written, ${left.length} removed\n`,
  )
  return exit.expected
}

function readKernel(path: string, read: (text: string) => RecordedKernel | null): RecordedKernel {
  const kernel = read(readText(path))
  if (kernel === null)
    throw new CliError(
      'CLI008',
      `${path} does not hold results of a kernel: kernel, driver, confirmed, unreachable`,
    )
  return kernel
}

const textAt = (path: string): string | null => (existsSync(path) ? readText(path) : null)

/** Files in the generated folders that are generated no more. */
const leftovers = (out: string, folders: readonly string[], pages: Pages): string[] =>
  folders
    .filter((folder) => existsSync(join(out, folder)))
    .flatMap((folder) =>
      readdirSync(join(out, folder), { withFileTypes: true }).flatMap((e) =>
        e.isFile() ? [`${folder}/${e.name}`] : [],
      ),
    )
    .filter((path) => !pages.has(path))
