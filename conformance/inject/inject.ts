import { systemOf, type Bounds } from '../../spec/index.ts'
import { bindings } from '../../uapi/binding/index.ts'
import type { Image } from '../runner/qemu.ts'
import type { KernelIdentity } from '../runner/result.ts'
import { runGuest } from '../runner/run-guest.ts'
import { operations } from './call.ts'
import { cases } from './cases.ts'
import { Trial, type Injection } from './judge.ts'
import { Predictor } from './predict.ts'
import { tellSites } from './verbose.ts'

/** What calls are tried within: two of what can be confused with another. */
const caseBounds: Partial<Bounds> = {
  ...{
    callers: 0,
    failures: 0,
    owners: 0,
    closing: 1,
    devices: 2,
    groups: 2,
    ioas: 2,
    nestParents: 1,
    pagings: 0,
    nested: 1,
  },
  ...{ bypasses: 0, viommus: 1, vdevices: 2, virtIds: 1 },
}
/** Slots for everything that the calls after a failure make too. */
const trialBounds: Partial<Bounds> = {
  ...caseBounds,
  ...{
    failures: 1,
    devices: 4,
    groups: 4,
    ioas: 5,
    nestParents: 3,
    pagings: 1,
    nested: 3,
    viommus: 3,
    vdevices: 4,
  },
}

/** Failures that are asked for at a time, of each call that still has steps that can fail. */
const batch = 24
/**
 * No call has so many steps that can fail; a kernel whose injection never ends is told of, not
 * waited for.
 */
const most = 1000

/** A case with what became of every failure that can be injected into its call. */
export interface Swept {
  readonly trial: Trial
  readonly injections: readonly Injection[]
}

/** What failures injected into the calls of the mock driver came to. */
export interface Sweep {
  readonly kernel: KernelIdentity
  readonly swept: readonly Swept[]
  readonly sequences: number
  readonly boots: number
  /** Wall-clock time of the guests. */
  readonly seconds: number
  /** Whether the last step that can fail of every call was found. */
  readonly complete: boolean
}

/** How a sweep goes about it. */
export interface SweepOptions {
  /** Called before each boot with how many calls still have steps that can fail. */
  readonly onRound?: (calls: number, from: number) => void
  /** Ends the sweep before its next round. */
  readonly signal?: AbortSignal
}

/** The calls into which failures are injected, one for each path that a call can take. */
export function trials(): Trial[] {
  const predictor = new Predictor(
    systemOf({ scope: 'lifecycle', driver: 'mock', set: trialBounds }),
    bindings.mock,
  )
  return cases(
    systemOf({ scope: 'lifecycle', driver: 'mock', set: caseBounds }),
    bindings.mock,
  ).map((c) => new Trial(c, predictor))
}

/**
 * Makes every step fail, one at a time, of every path that a call can take, and holds what follows
 * against the model; null where it was ended before it began.
 */
export async function sweep(
  image: Image,
  { onRound = () => undefined, signal }: SweepOptions = {},
): Promise<Sweep | null> {
  const all = trials().map((trial) => ({ trial, injections: [] as Injection[] }))
  let left = all
  let kernel: KernelIdentity | undefined
  let [sequences, boots, seconds] = [0, 0, 0]
  for (let from = 1; left.length > 0 && from < most && signal?.aborted !== true; from += batch) {
    onRound(left.length, from)
    const asked = left.flatMap((one) =>
      Array.from({ length: batch }, (_, i) => ({ one, nth: from + i })),
    )
    const run = await runGuest(
      image,
      asked.map(({ one: { trial }, nth }) => operations(tellSites, trial.calls, trial.at, nth)),
    )
    const ended = new Set<Swept>()
    run.results.forEach((result, i) => {
      const { one, nth } = asked[i]
      if (ended.has(one)) return
      const injection = one.trial.judge(nth, {
        ...result,
        results: result.results.slice(tellSites.length),
      })
      if (injection === null) ended.add(one)
      else one.injections.push(injection)
    })
    left = left.filter((one) => !ended.has(one))
    kernel = run.kernel
    sequences += asked.length
    boots += run.boots
    seconds += run.seconds
  }
  return kernel === undefined
    ? null
    : { kernel, swept: all, sequences, boots, seconds, complete: left.length === 0 }
}
