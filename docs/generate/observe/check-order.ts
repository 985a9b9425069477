import { question, type Question } from './check.ts'
import type { Way } from './look.ts'

/** A check, and where it was met. */
export interface Placed {
  readonly question: Question
  readonly errno: string
  /** How many looks come before it. */
  depth: number
  /** Which way met it first: a search meets what does not exist before what is in use. */
  met: number
}

/**
 * What comes first in every way that has both comes first; what no way has in common, by how early
 * it comes, then by how early it was met.
 */
export function inOrder<T extends Placed>(checks: readonly T[], ways: readonly Way[]): T[] {
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
