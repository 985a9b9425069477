import { keyOf, question, type Check, type Condition } from './check.ts'
import { ended, good } from './check-ends.ts'
import { inOrder, type Placed } from './check-order.ts'
import type { Look, Way } from './look.ts'

/**
 * The checks of an action in its own order: the looks after one answer of which the call can still
 * succeed, and after another no more. What is told is what the search met: a check that no state of
 * the scopes fails is not among them.
 */
export function checksOf(ways: readonly Way[]): Check[] {
  const found = new Map<
    string,
    Placed & { values: Set<string>; kinds: Set<string>; before: Look[][] }
  >()
  const met = new Map(ways.map((way, i) => [way, i]))
  for (const { way, by } of ended(ways)) {
    const key = keyOf({ ...by, errno: way.outcome })
    const entry = found.get(key) ?? {
      question: { how: by.how, of: by.of, name: by.name },
      errno: way.outcome,
      values: new Set<string>(),
      kinds: new Set<string>(),
      before: [],
      depth: Infinity,
      met: Infinity,
    }
    entry.values.add(by.value)
    if (by.kind !== '') entry.kinds.add(by.kind)
    entry.depth = Math.min(
      entry.depth,
      way.looks.findIndex((l) => question(l) === question(by)),
    )
    entry.met = Math.min(entry.met, met.get(way) as number)
    entry.before.push(way.looks.slice(0, way.looks.indexOf(by)))
    found.set(key, entry)
  }
  const passing = new Map<string, Set<string>>()
  for (const look of ways.filter(good).flatMap(({ looks }) => looks))
    passing.set(question(look), (passing.get(question(look)) ?? new Set()).add(look.value))
  return inOrder([...found.values()], ways).map((one) => ({
    ...one.question,
    errno: one.errno,
    values: [...one.values].sort(),
    passes: [...(passing.get(question(one.question)) ?? [])].sort(),
    where: common(one.before).map((seen) => ({
      ...seen,
      matters: [...(passing.get(question(seen)) ?? [])].some((value) => value !== seen.value),
    })),
    kinds: [...one.kinds].sort(),
  }))
}

/** The states and fields that all ways have seen alike. */
function common([first, ...others]: readonly (readonly Look[])[]): Omit<Condition, 'matters'>[] {
  const seen = first.filter(({ how }) => how === 'state' || how === 'field')
  const shared = seen.filter((a) =>
    others.every((looks) => looks.some((b) => question(a) === question(b) && a.value === b.value)),
  )
  return [
    ...new Map(
      shared.map(({ how, of, name, value }) => [
        question({ how, of, name }),
        { how, of, name, value },
      ]),
    ).values(),
  ]
}
