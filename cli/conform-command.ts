import { writeFileSync } from 'node:fs'
import type { Conformance } from '../conformance/compare/conform.ts'
import { conformJson, conformText } from './conform-report.ts'
import { assertWritable, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { grouped } from './numbers.ts'
import { exit } from './result.ts'

/** The options of `conform`, parsed. */
export interface ConformCommand {
  readonly seed: number
  /** How many distinct sequences are run, those that cover included. */
  readonly sequences: number
  /** Calls of a random sequence. */
  readonly length: number
  /** The top of a kernel's source tree; LINUX_SRC, or Debian's kernel, where none is named. */
  readonly kernel?: string
  /** A file for the kernel's answers. */
  readonly record?: string
  readonly format: 'text' | 'json'
  readonly out?: string
}

/**
 * Builds a kernel, runs generated sequences on it and compares its answers with the model's.
 * Returns the exit code.
 */
export async function conformCommand(
  { seed, sequences, length, kernel, record, format, out }: ConformCommand,
  io: Io,
): Promise<number> {
  for (const path of [record, out]) if (path !== undefined) assertWritable(path)
  // What generates, builds and boots is large; other commands do without it.
  const { AnswerRecorder, buildImage, conform, confirmedText, coverageOf, writeRecorded } =
    await import('../conformance/compare/index.ts')
  const tell = (text: string) =>
    void (io.stderr.isTTY === true && io.stderr.write(`\r\u001b[K${text}`))
  const image = await buildImage({
    linuxSource: kernel ?? process.env.LINUX_SRC,
    onStep: (what) => tell(`${what} …`),
  })
  const recorder = new AnswerRecorder()
  const found = await conform(image, {
    ...{ seed, sequences, length, signal: io.signal },
    onProgress: (done) => {
      if (done.sequences % 50 === 0)
        tell(
          `${grouped(done.sequences)} sequences, ${grouped(done.calls)} calls, ${grouped(done.differences)} different`,
        )
    },
    onResult: (generated, result) => recorder.take(generated, result),
  })
  tell('')
  const coverage = coverageOf(found)
  const report = `${format === 'json' ? JSON.stringify(conformJson(found, coverage, io.version), null, 2) : conformText(found, coverage)}\n`
  if (out === undefined) io.stdout.write(report)
  else writeWhole(out, report)
  if (record !== undefined && found.kernel !== null) {
    const date = new Date().toISOString().slice(0, 10)
    const recorded = {
      from: { kernel: found.kernel, build: image.built.key, date, driver: 'mock' as const },
      sequences: recorder.sequences,
    }
    writeFileSync(record, writeRecorded(recorded))
    writeWhole(
      record.replace(/(\.jsonl)?(\.gz)?$/, '.confirmed.json'),
      confirmedText(recorded, found),
    )
  }
  return exitOf(found)
}

/** A difference counts for more than a run that was cut short. */
const exitOf = ({ differences, complete }: Conformance) =>
  differences.length > 0 ? exit.broken : complete ? exit.expected : exit.incomplete
