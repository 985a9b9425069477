import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConformanceError } from '../../host/errors.ts'
import { bootGuest, type Boot } from './boot.ts'
import type { Image } from './qemu.ts'
import type { KernelIdentity, SequenceResult } from './result.ts'
import type { Sequence } from '../../uapi/sequence.ts'

/** How a run goes about it. */
export interface RunOptions {
  /**
   * Seconds after which a sequence counts as hung, by the guest's clock; 10 unless told otherwise.
   */
  readonly sequenceSeconds?: number
  /** Seconds without any result after which the guest is turned off; 120 unless told otherwise. */
  readonly silenceSeconds?: number
  /**
   * Go on in the same kernel after a warning; otherwise it is rebooted, so that each sequence meets
   * a kernel in good order.
   */
  readonly continueAfterWarning?: boolean
  /** Called with each result as it comes, in the order of the sequences. */
  readonly onResult?: (index: number, result: SequenceResult) => void
}

/** What a run gave. */
export interface Run {
  readonly kernel: KernelIdentity
  /** One for each sequence. */
  readonly results: readonly SequenceResult[]
  /** How often the guest was started. */
  readonly boots: number
  /** Wall-clock time, boots included. */
  readonly seconds: number
}

const lines = (text: string) => text.split('\n').map((line) => ({ level: 4, text: line }))

/**
 * Executes sequences on a kernel, each with descriptors of its own. A sequence that hangs, or takes
 * its process or the kernel with it, is told of in its result, and the others go on after a reboot.
 */
export async function runGuest(
  image: Image,
  sequences: readonly Sequence[],
  options: RunOptions = {},
): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-'))
  const started = performance.now()
  const results: SequenceResult[] = []
  let kernel: KernelIdentity | undefined
  let boots = 0
  const take = (result: SequenceResult) => {
    results.push(result)
    options.onResult?.(results.length - 1, result)
  }
  try {
    // One at a time after a crash, so that the first without a result is the one that did it.
    let careful = false
    do {
      const before = results.length
      const boot: Boot = await bootGuest(image, {
        ...options,
        sequences,
        from: results.length,
        careful,
        folder,
        take,
      })
      boots++
      kernel = boot.kernel ?? kernel
      if (kernel === undefined)
        throw new ConformanceError(
          'CNF005',
          `the kernel did not come up; its console ends with\n${boot.console}`,
        )
      if (boot.end !== null && results.length === before && sequences.length > 0)
        throw new ConformanceError(
          'CNF006',
          `the runner ended ('${boot.end}') without a result; its console ends with\n${boot.console}`,
        )
      const lost = boot.end === null && results.length < sequences.length
      if (lost && careful)
        take({
          status: boot.silent ? 'hung' : 'crashed',
          results: [],
          messages: lines(boot.console),
        })
      careful = lost && !careful
    } while (results.length < sequences.length)
    return { kernel, results, boots, seconds: (performance.now() - started) / 1000 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
