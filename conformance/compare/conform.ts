import { bindings } from '../../uapi/binding/index.ts'
import { Covered } from '../generate/targets.ts'
import type { Image } from '../runner/qemu.ts'
import type { KernelIdentity, SequenceResult } from '../runner/result.ts'
import { runGuest } from '../runner/run-guest.ts'
import { differenceOf } from './difference.ts'
import { sequences, type Generated, type GenerateOptions } from './sequences.ts'
import { shrink, type Execute, type Shown } from './shrink.ts'

/** How a comparison goes about it. */
export interface ConformOptions extends GenerateOptions {
  readonly signal?: AbortSignal
  /** Differences after which the rest is left; 5 unless told otherwise. */
  readonly maxDifferences?: number
  readonly onProgress?: (done: {
    readonly sequences: number
    readonly calls: number
    readonly differences: number
  }) => void
  /** Called with each sequence and what the kernel gave. */
  readonly onResult?: (generated: Generated, result: SequenceResult) => void
}

/** What a comparison found. */
export interface Conformance {
  readonly kernel: KernelIdentity | null
  readonly sequences: number
  readonly calls: number
  readonly boots: number
  /** Wall-clock time: all of it, and with a guest running. */
  readonly seconds: number
  readonly guestSeconds: number
  /** What sequences were made to cover, and what of it was run with no difference. */
  readonly targets: Covered
  readonly confirmed: Covered
  readonly differences: readonly Shown[]
  /** Whether all sequences were run. */
  readonly complete: boolean
}

/** Sequences in one boot. */
const batchSize = 2000

function* batches<T>(from: Iterable<T>): Generator<T[]> {
  let batch: T[] = []
  for (const one of from) {
    batch.push(one)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/**
 * Runs generated sequences on a kernel and compares each answer with the model's. Differences are
 * shown in their shortest form.
 */
export async function conform(image: Image, options: ConformOptions): Promise<Conformance> {
  const { signal, maxDifferences = 5, onProgress, onResult } = options
  const started = performance.now()
  const targets = new Covered()
  const confirmed = new Covered()
  const differences: Shown[] = []
  const count = { sequences: 0, calls: 0, boots: 0, guestSeconds: 0 }
  let kernel: KernelIdentity | null = null
  let complete = true
  const run = async (
    plans: Parameters<Execute>[0],
    take?: (index: number, result: SequenceResult) => void,
  ) => {
    const done = await runGuest(image, plans, { onResult: take })
    kernel = done.kernel
    count.boots += done.boots
    count.guestSeconds += done.seconds
    return done.results
  }
  const shorter: Execute = (plans) => run(plans)
  for (const batch of batches(sequences(options, targets))) {
    if (signal?.aborted === true || differences.length >= maxDifferences) {
      complete = false
      break
    }
    const differing: { generated: Generated; shown: Shown }[] = []
    await run(
      batch.map(({ plan }) => plan.sequence),
      (index, result) => {
        const generated = batch[index]
        const difference = differenceOf(generated.plan, result)
        count.sequences++
        count.calls += result.results.length
        onResult?.(generated, result)
        if (difference !== null)
          differing.push({ generated, shown: { plan: generated.plan, result, difference } })
        else if (generated.covers) confirm(confirmed, generated)
        onProgress?.({ ...count, differences: differences.length + differing.length })
      },
    )
    for (const { generated, shown } of differing.slice(0, maxDifferences - differences.length))
      differences.push(await shrink(generated.table.system, bindings.mock, shown, shorter))
  }
  return {
    ...count,
    kernel,
    seconds: (performance.now() - started) / 1000,
    targets,
    confirmed,
    differences,
    complete,
  }
}

function confirm(confirmed: Covered, { table, moves }: Generated): void {
  const last = new Map<string, string>()
  for (const { state, edge } of moves)
    confirmed.note(edge.step.action, edge.step.outcome, table.effect(state, edge), last)
}
