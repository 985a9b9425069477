import type { Kind } from '../system.ts'

/** No more entities than this are exchanged by a guess; others are left to leaves. */
const most = 512

/**
 * The permutation that suggests itself where two ways of telling entities apart have come to the
 * same colours: each goes to one that has its colour on the other way, and stays where it can.
 * Written into `to`, which is the identity; false where colours do not match.
 */
export function exchange(
  kinds: readonly Kind[],
  one: Int32Array,
  other: Int32Array,
  to: Int32Array,
): boolean {
  for (const { base, count } of kinds) {
    /** By colour: those that have it on the other way alone. */
    const places = new Map<number, number[]>()
    const leaving: number[] = []
    for (let e = base; e < base + count; e++) {
      if (one[e] === other[e]) continue
      leaving.push(e)
      const list = places.get(other[e])
      if (list === undefined) places.set(other[e], [e])
      else list.push(e)
    }
    if (leaving.length > most) return false
    for (let i = leaving.length - 1; i >= 0; i--) {
      const place = places.get(one[leaving[i]])?.pop()
      if (place === undefined) return false
      to[leaving[i]] = place
    }
  }
  return true
}
