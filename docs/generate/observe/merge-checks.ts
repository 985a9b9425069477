import { question, sameCheck, type Check, type Condition } from './check.ts'

/**
 * Checks that only other threads make fail, put among those that whole calls told of: of a check
 * that is there nothing is added.
 */
export const withRacing = (
  whole: readonly Check[],
  racing: readonly (readonly Check[])[],
): Check[] =>
  mergeChecks([
    whole,
    ...racing.map((checks) =>
      checks.map((check) => whole.find((known) => sameCheck(known, check)) ?? check),
    ),
  ])

/**
 * The checks that several runs told of one action, as one list: an entry comes where the run that
 * has most of them has it.
 */
export function mergeChecks(lists: readonly (readonly Check[])[]): Check[] {
  const merged: Check[] = []
  for (const checks of [...lists].sort((a, b) => b.length - a.length)) {
    let at = -1
    for (const check of checks) {
      const known = merged.findIndex((m) => sameCheck(m, check))
      if (known < 0) {
        merged.splice(++at, 0, check)
        continue
      }
      const union = (a: readonly string[], b: readonly string[]) =>
        [...new Set([...a, ...b])].sort()
      merged[known] = {
        ...merged[known],
        values: union(merged[known].values, check.values),
        passes: union(merged[known].passes, check.passes),
        where: both(merged[known].where, check.where),
        kinds: union(merged[known].kinds, check.kinds),
      }
      at = Math.max(at, known)
    }
  }
  return merged
}

/** What both have seen, and what matters to one of them. */
const both = (some: readonly Condition[], others: readonly Condition[]): Condition[] =>
  some.flatMap((a) => {
    const same = others.find((b) => question(a) === question(b) && a.value === b.value)
    return same === undefined ? [] : [{ ...a, matters: a.matters || same.matters }]
  })
