import type { Entry } from './history.ts'

/** Groups of entries one after another; within a group spans overlap, so that the order is open. */
export function groupsOf(entries: readonly Entry[]): Entry[][] {
  if (!entries.every(({ span }) => span !== null)) return entries.map((entry) => [entry])
  const groups: Entry[][] = []
  let end = -Infinity
  for (const entry of [...entries].sort((a, b) => begin(a) - begin(b))) {
    if (groups.length > 0 && begin(entry) < end) groups[groups.length - 1].push(entry)
    else groups.push([entry])
    end = Math.max(end, endOf(entry))
  }
  return groups
}

const begin = ({ span }: Entry): number => span?.[0] ?? 0
/** The moment at which an entry ended. */
export const endOf = ({ span }: Entry): number => span?.[1] ?? 0
/** Whether two entries were under way at the same time. */
export const overlaps = (a: Entry, b: Entry): boolean => begin(a) < endOf(b) && begin(b) < endOf(a)

/** One way in which a group can have gone. */
export interface Way<T, S> {
  readonly results: readonly T[]
  readonly state: S
}

/** How a search for orders may end. */
export interface Limits {
  /** Steps that are tried. */
  readonly steps: number
  /** Ways that are kept. */
  readonly ways: number
}

/**
 * Looks for all orders of the entries of a group, in accord with their spans, in which every step
 * is allowed, depth first; of those that lead to the same state it keeps one. `step` gives what
 * becomes of an entry at a state, or null where it cannot come next; `key` is equal for equal
 * states. `cut` says that a limit ended the search.
 */
export function orders<T, S>(
  group: readonly Entry[],
  start: S,
  step: (state: S, entry: Entry) => { readonly result: T; readonly state: S } | null,
  key: (state: S) => string,
  limits: Limits,
): { readonly ways: readonly Way<T, S>[]; readonly cut: boolean } {
  const found = new Map<string, Way<T, S>>()
  const seen = new Set<string>()
  let steps = 0
  let cut = false
  const search = (left: readonly Entry[], state: S, results: readonly T[]): void => {
    const here = key(state)
    if (left.length === 0) {
      if (!found.has(here)) found.set(here, { results, state })
      return
    }
    // The same entries taken in another order, to the same state, lead no further.
    const place = `${left.map((entry) => group.indexOf(entry)).join()} ${here}`
    if (seen.has(place)) return
    seen.add(place)
    for (const entry of left) {
      if (left.some((other) => other !== entry && endOf(other) <= begin(entry))) continue
      if (steps >= limits.steps || found.size >= limits.ways) {
        cut = true
        return
      }
      steps++
      const taken = step(state, entry)
      if (taken === null) continue
      const others = left.filter((other) => other !== entry)
      search(others, taken.state, [...results, taken.result])
    }
  }
  search(group, start, [])
  return { ways: [...found.values()], cut }
}
