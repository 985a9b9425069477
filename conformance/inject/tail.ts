import type { Moment } from '../../checker/index.ts'
import type { Call } from './call.ts'
import type { Predictor } from './predict.ts'

const destroy = (id: number): Call => ({
  kind: 'ioctl',
  request: { ioctl: 'IOMMU_DESTROY', in: { id } },
})
const ioasAlloc: Call = { kind: 'ioctl', request: { ioctl: 'IOMMU_IOAS_ALLOC', in: {} } }

/**
 * Ids beyond those in use that are asked for too: as many as the largest call takes, twice, and
 * one.
 */
const spare = 7

/**
 * Calls after a call that may have failed: they show a reference that was kept, an id that was not
 * given back, an object that should not be there. The same call again; a new object, which takes
 * the lowest free id; DESTROY of every id in rising order, where many are still in use, then in
 * falling order until nothing is left; close.
 */
export function revealing(predictor: Predictor, before: Moment, call: Call): Call[] {
  const highest = Math.max(0, ...before.ids.now().values()) + spare
  const ids = Array.from({ length: highest }, (_, i) => i + 1)
  const falling = [...ids].reverse().map(destroy)
  if (call.kind !== 'ioctl') return [{ kind: 'open' }, ioasAlloc, destroy(1), { kind: 'close' }]
  const calls: Call[] = [call, ioasAlloc, ...ids.map(destroy)]
  for (let left = 1, last = 0; left > 0 && left !== last;) {
    last = left
    calls.push(...falling)
    // The first of these calls is made once more than here.
    left =
      predictor
        .answers(before, [call, ...calls])
        .at(-1)
        ?.next.ids.now().size ?? 0
  }
  return [...calls, { kind: 'close' }]
}
