import type { Entry } from './history.ts'

/** Groups of entries one after another; within a group every span overlaps another's, so that their order is open. */
export function groupsOf(entries: readonly Entry[]): Entry[][] {
  const timed = entries.every(({ span }) => span !== null)
  if (!timed) return entries.map((entry) => [entry])
  const groups: Entry[][] = []
  let end = -Infinity
  const begin = ({ span }: Entry) => (span as NonNullable<Entry['span']>)[0]
  for (const entry of [...entries].sort((a, b) => begin(a) - begin(b))) {
    const [from, to] = entry.span as NonNullable<Entry['span']>
    if (groups.length > 0 && from < end) groups[groups.length - 1].push(entry)
    else groups.push([entry])
    if (to > end) end = to
  }
  return groups
}

/** Whether an entry ended before another began. */
const before = (a: Entry, b: Entry) => a.span !== null && b.span !== null && a.span[1] <= b.span[0]

/** How a search for an order ended. */
export type Ordered<T, S> =
  { readonly kind: 'found'; readonly steps: readonly T[]; readonly state: S } | { readonly kind: 'none' } | { readonly kind: 'bound' }

/**
 * Looks for an order of the entries of a group, in accord with their spans, in which every step is allowed: depth first, at most `most` steps.
 * `step` gives what becomes of an entry at a state, or null where it cannot come next.
 */
export function order<T, S>(
  group: readonly Entry[],
  start: S,
  step: (state: S, entry: Entry) => { readonly result: T; readonly state: S } | null,
  most: number,
): Ordered<T, S> {
  let steps = 0
  const search = (left: readonly Entry[], state: S, done: readonly T[]): Ordered<T, S> => {
    if (left.length === 0) return { kind: 'found', steps: done, state }
    for (const entry of left) {
      if (left.some((other) => other !== entry && before(other, entry))) continue
      if (steps++ >= most) return { kind: 'bound' }
      const taken = step(state, entry)
      if (taken === null) continue
      const found = search(
        left.filter((other) => other !== entry),
        taken.state,
        [...done, taken.result],
      )
      if (found.kind !== 'none') return found
    }
    return { kind: 'none' }
  }
  return search(group, start, [])
}
