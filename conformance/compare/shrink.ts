import type { System } from '../../checker/index.ts'
import type { Binding } from '../../uapi/binding/index.ts'
import { random } from '../generate/random.ts'
import type { SequenceResult } from '../runner/result.ts'
import type { Sequence } from '../../uapi/sequence.ts'
import { differenceOf, type Difference } from './difference.ts'
import { foretell, type Call } from './foretold.ts'
import { planOf, type Plan } from './plan.ts'

/** Runs sequences on the kernel. */
export type Execute = (sequences: readonly Sequence[]) => Promise<readonly SequenceResult[]>

/** A sequence on which a kernel does otherwise, with what it gave. */
export interface Shown {
  readonly plan: Plan
  readonly result: SequenceResult
  readonly difference: Difference
}

/** Ranges of calls to leave out, the largest first. */
function* cuts(length: number): Generator<readonly [from: number, to: number]> {
  for (let size = Math.ceil(length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < length; from += size) yield [from, Math.min(from + size, length)]
}

/**
 * The shortest form of a sequence on which the kernel still does otherwise: calls are left out, the
 * model says anew what is to come, and all shorter forms are tried in one boot.
 */
export async function shrink(
  system: System,
  bindings: readonly Binding[],
  shown: Shown,
  execute: Execute,
): Promise<Shown> {
  const { numbers } = shown.plan
  const planFor = (calls: readonly Call[]): Plan | null => {
    const foretold = foretell(system, calls)
    return foretold === null ? null : planOf(system, bindings, foretold, random(0), numbers)
  }
  let best = shown
  let calls: readonly Call[] = shown.plan.calls.slice(0, shown.difference.call + 1)
  const first = planFor(calls)
  let candidates = first === null ? [] : [first]
  for (;;) {
    const results = await execute(candidates.map((plan) => plan.sequence))
    const found = candidates
      .map((plan, i) => ({ plan, result: results[i], difference: differenceOf(plan, results[i]) }))
      .filter((one): one is Shown => one.difference !== null)
      .map((one) => ({ ...one, length: one.difference.call + 1 }))
      .sort((a, b) => a.length - b.length)
      .at(0)
    if (found === undefined || found.length > calls.length) return best
    best = found
    calls = found.plan.calls.slice(0, found.length)
    candidates = [...cuts(calls.length)].flatMap(
      ([from, to]) => planFor([...calls.slice(0, from), ...calls.slice(to)]) ?? [],
    )
    if (candidates.length === 0) return best
  }
}
