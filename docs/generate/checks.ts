import type { Look, Way } from './look.ts'

/** What was looked at, whatever the answer. */
export type Question = Pick<Look, 'how' | 'of' | 'name'>

/** A look whose answer ends a call with an error. */
export interface Check extends Question {
  /** The kinds of object that it was asked of. */
  readonly kinds: readonly string[]
  /** The answers that end the call. */
  readonly values: readonly string[]
  /** The answers after which it goes on. */
  readonly passes: readonly string[]
  /** What all ways to it have seen of the arguments before, where other ways that succeed have seen another thing. */
  readonly where: readonly Pick<Look, 'how' | 'of' | 'name' | 'value'>[]
  readonly errno: string
}

/** The ways that begin alike. */
interface Node {
  readonly next: Map<string, { readonly look: Look; readonly node: Node }>
  readonly ways: Way[]
}

const good = ({ outcome }: Way) => outcome === 'ok'
const question = ({ how, of, name }: Question) => JSON.stringify([how, of, name])

function tree(ways: readonly Way[]): Node {
  const root: Node = { next: new Map(), ways: [] }
  for (const way of ways) {
    let node = root
    node.ways.push(way)
    for (const look of way.looks) {
      const key = JSON.stringify([question(look), look.value])
      let next = node.next.get(key)
      if (next === undefined) node.next.set(key, (next = { look, node: { next: new Map(), ways: [] } }))
      node = next.node
      node.ways.push(way)
    }
  }
  return root
}

/** A failed way, and the look after which no way succeeds. */
interface Failed {
  readonly way: Way
  readonly look: Look
  readonly depth: number
}

function* failed(node: Node, depth: number): Generator<Failed> {
  for (const { look, node: next } of node.next.values())
    if (next.ways.some(good)) yield* failed(next, depth + 1)
    else for (const way of next.ways) yield { way, look, depth }
}

/** A refusal with the call's own error code says more than the look before it. */
const refusal = ({ way, look, depth }: Failed): Look =>
  way.looks.slice(depth).find((l) => l.how === 'event' && l.value === way.outcome) ?? look

/** A failed way with what ended it. */
interface Ended extends Failed {
  /** The answer that the call failed by. */
  readonly by: Look
}

/** What ended each way that failed. Of a call that never succeeds it is the last that was looked at. */
function ended(ways: readonly Way[]): Ended[] {
  if (!ways.some(good)) return ways.flatMap((way) => lastLook(way))
  const all = [...failed(tree(ways), 0)]
  const named = (look: Look, errno: string) => keyOf({ ...look, errno })
  const known = new Set(all.map((f) => named(refusal(f), f.way.outcome)))
  return all.map((f) => {
    // Where a later look is a check with this error elsewhere, and gives the same answer, it is what the call failed by.
    const later = f.way.looks
      .slice(f.depth + 1)
      .findLast((l) => l.how !== 'event' && known.has(named(l, f.way.outcome)) && fails(all, l, f.way.outcome))
    return { ...f, by: aliased(f.way, later ?? refusal(f)) }
  })
}

/** A reference that names an argument, of a kind that the call does not take, says that it is of that kind. */
const aliased = (way: Way, by: Look): Look =>
  by.how === 'field' ? (way.looks.slice(way.looks.indexOf(by) + 1).find((l) => l.how === 'kind' && l.of === by.value) ?? by) : by

function lastLook(way: Way): Ended[] {
  const depth = way.looks.findLastIndex(({ how, value }) => how !== 'event' || value !== 'taken')
  return depth < 0 ? [] : [{ way, look: way.looks[depth], by: way.looks[depth], depth }]
}

/** A check of an action by its name: what it asks, and the error. */
export const keyOf = (check: Question & { readonly errno: string }): string => `${question(check)} ${check.errno}`

/** By which check each way failed. */
export const failuresOf = (ways: readonly Way[]): Map<Way, string> =>
  new Map(ended(ways).map(({ way, by }) => [way, keyOf({ ...by, errno: way.outcome })]))

/**
 * The checks of an action in its own order: the looks after one answer of which the call can still succeed, and after another no more. What is
 * told is what the search met: a check that no state of the scopes fails is not among them.
 */
export function checksOf(ways: readonly Way[]): Check[] {
  const found = new Map<string, Placed & { values: Set<string>; kinds: Set<string>; before: Look[][] }>()
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
    where: common(one.before).filter((look) => [...(passing.get(question(look)) ?? [])].some((value) => value !== look.value)),
    kinds: [...one.kinds].sort(),
  }))
}

/** What all ways have seen of an argument: a state or a field of it. */
function common([first, ...others]: readonly (readonly Look[])[]): Check['where'][number][] {
  const seen = first.filter(({ how, of }) => (how === 'state' || how === 'field') && /^\w+$/.test(of))
  const shared = seen.filter((a) => others.every((looks) => looks.some((b) => question(a) === question(b) && a.value === b.value)))
  return [...new Map(shared.map(({ how, of, name, value }) => [question({ how, of, name }), { how, of, name, value }])).values()]
}

interface Placed {
  readonly question: Question
  readonly errno: string
  /** How many looks come before it. */
  depth: number
  /** Which way met it first: a search meets what does not exist before what is in use. */
  met: number
}

/** What comes first in every way that has both comes first; what no way has in common, by how early it comes, then by how early it was met. */
function inOrder<T extends Placed>(checks: readonly T[], ways: readonly Way[]): T[] {
  const keys = new Set(checks.map((c) => question(c.question)))
  const before = new Set<string>()
  for (const { looks } of ways) {
    const own = [...new Set(looks.map(question))].filter((key) => keys.has(key))
    own.forEach((a, i) => own.slice(i + 1).forEach((b) => before.add(`${a}<${b}`)))
  }
  const comesBefore = (a: T, b: T) => {
    const [x, y] = [question(a.question), question(b.question)]
    return before.has(`${x}<${y}`) && !before.has(`${y}<${x}`)
  }
  const rest = [...checks].sort((a, b) => a.depth - b.depth || a.met - b.met)
  const ordered: T[] = []
  while (rest.length > 0) {
    const at = rest.findIndex((one) => !rest.some((other) => comesBefore(other, one)))
    ordered.push(...rest.splice(Math.max(at, 0), 1))
  }
  return ordered
}

/** Whether a call fails by this very answer where another would let it succeed. */
const fails = (all: readonly Failed[], look: Look, errno: string) =>
  all.some((f) => f.way.outcome === errno && question(f.look) === question(look) && f.look.value === look.value)

/** Whether two checks ask the same and fail alike. */
export const sameCheck = (a: Check, b: Check): boolean => keyOf(a) === keyOf(b)

/** Checks that only other threads make fail, put among those that whole calls told of: of a check that is there nothing is added. */
export const withRacing = (whole: readonly Check[], racing: readonly (readonly Check[])[]): Check[] =>
  mergeChecks([whole, ...racing.map((checks) => checks.map((check) => whole.find((known) => sameCheck(known, check)) ?? check))])

/** The checks that several runs told of one action, as one list: an entry comes where the run that has most of them has it. */
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
      const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])].sort()
      merged[known] = {
        ...merged[known],
        values: union(merged[known].values, check.values),
        passes: union(merged[known].passes, check.passes),
        where: merged[known].where.filter((a) => check.where.some((b) => question(a) === question(b) && a.value === b.value)),
        kinds: union(merged[known].kinds, check.kinds),
      }
      at = Math.max(at, known)
    }
  }
  return merged
}
