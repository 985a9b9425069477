import { keyOf, question } from './check.ts'
import type { Look, Way } from './look.ts'

/** Whether a call succeeds this way. */
export const good = ({ outcome }: Way) => outcome === 'ok'

/** The ways that begin alike. */
interface Node {
  readonly next: Map<string, { readonly look: Look; readonly node: Node }>
  readonly ways: Way[]
}

function tree(ways: readonly Way[]): Node {
  const root: Node = { next: new Map(), ways: [] }
  for (const way of ways) {
    let node = root
    node.ways.push(way)
    for (const look of way.looks) {
      const key = JSON.stringify([question(look), look.value])
      let next = node.next.get(key)
      if (next === undefined)
        node.next.set(key, (next = { look, node: { next: new Map(), ways: [] } }))
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
export interface Ended extends Failed {
  /** The answer that the call failed by. */
  readonly by: Look
}

/**
 * What ended each way that failed. Of a call that never succeeds it is the last that was looked at.
 */
export function ended(ways: readonly Way[]): Ended[] {
  if (!ways.some(good)) return ways.flatMap((way) => lastLook(way))
  const all = [...failed(tree(ways), 0)]
  const named = (look: Look, errno: string) => keyOf({ ...look, errno })
  const known = new Set(all.map((f) => named(refusal(f), f.way.outcome)))
  return all.map((f) => {
    // Where a later look is a check with this error elsewhere, and gives the same answer, it is
    // what the call failed by.
    const later = f.way.looks
      .slice(f.depth + 1)
      .findLast(
        (l) =>
          l.how !== 'event' && known.has(named(l, f.way.outcome)) && fails(all, l, f.way.outcome),
      )
    return { ...f, by: aliased(f.way, later ?? refusal(f)) }
  })
}

/**
 * A reference that names an argument, of a kind that the call does not take, says that it is of
 * that kind.
 */
const aliased = (way: Way, by: Look): Look =>
  by.how === 'field'
    ? (way.looks
        .slice(way.looks.indexOf(by) + 1)
        .find((l) => l.how === 'kind' && l.of === by.value) ?? by)
    : by

function lastLook(way: Way): Ended[] {
  const depth = way.looks.findLastIndex(({ how, value }) => how !== 'event' || value !== 'taken')
  return depth < 0 ? [] : [{ way, look: way.looks[depth], by: way.looks[depth], depth }]
}

/** Whether a call fails by this very answer where another would let it succeed. */
const fails = (all: readonly Failed[], look: Look, errno: string) =>
  all.some(
    (f) =>
      f.way.outcome === errno && question(f.look) === question(look) && f.look.value === look.value,
  )

/** By which check each way failed. */
export const failuresOf = (ways: readonly Way[]): Map<Way, string> =>
  new Map(ended(ways).map(({ way, by }) => [way, keyOf({ ...by, errno: way.outcome })]))
