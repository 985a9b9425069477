import { assertWritable, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { exit } from './result.ts'

/** The options of `conform --inject`, parsed. */
export interface InjectCommand {
  /** The top of a kernel's source tree; LINUX_SRC, or Debian's kernel, where none is named. */
  readonly kernel?: string
  readonly format: 'text' | 'json'
  readonly out?: string
}

/**
 * Builds a kernel, makes every step of every path of its calls fail in turn, and holds what follows
 * against the model. Returns the exit code.
 */
export async function injectCommand(
  { kernel, format, out }: InjectCommand,
  io: Io,
): Promise<number> {
  if (out !== undefined) assertWritable(out)
  // What generates, builds and boots is large; other commands do without it.
  const [{ summaryOf, sweep, sweepJson, sweepText }, { buildImage }] = await Promise.all([
    import('../conformance/inject/index.ts'),
    import('../conformance/kernel/build-image.ts'),
  ])
  const tell = (text: string) =>
    void (io.stderr.isTTY === true && io.stderr.write(`\r\u001b[K${text}`))
  const image = await buildImage({
    linuxSource: kernel ?? process.env.LINUX_SRC,
    onStep: (what) => tell(`${what} …`),
  })
  const found = await sweep(image, {
    signal: io.signal,
    onRound: (paths, from) => tell(`${paths} paths of calls, from step ${from} …`),
  })
  tell('')
  if (found === null) return exit.incomplete
  const summary = summaryOf(found)
  const report =
    format === 'json'
      ? JSON.stringify({ version: io.version, ...sweepJson(found, summary) }, null, 2)
      : sweepText(found, summary)
  if (out === undefined) io.stdout.write(`${report}\n`)
  else writeWhole(out, `${report}\n`)
  if (summary.disagreements.length > 0) return exit.broken
  return found.complete ? exit.expected : exit.incomplete
}
