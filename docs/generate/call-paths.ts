import type { Composed } from './step-ways.ts'

/** The steps that a call with arguments of these kinds goes through, where calls interleave. */
export interface Path {
  readonly action: string
  readonly kinds: Readonly<Record<string, string>>
  readonly steps: readonly string[]
  /** Steps that it goes through only where it fails. */
  readonly failing: readonly string[]
}

/** The paths that calls take, from all ways through them. */
export function pathsOf(ways: Iterable<Composed>): Path[] {
  const found = new Map<string, { action: string; kinds: Path['kinds']; good: Set<string>; bad: Set<string> }>()
  for (const { action, kinds, steps, outcome } of ways) {
    const key = JSON.stringify([action, kinds])
    const path = found.get(key) ?? { action, kinds, good: new Set<string>(), bad: new Set<string>() }
    found.set(key, path)
    for (const step of steps) (outcome === 'ok' ? path.good : path.bad).add(step)
  }
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { action, kinds, good, bad }]) => {
      const failing = [...bad].filter((step) => !good.has(step)).sort()
      return { action, kinds, steps: [...new Set([...good, ...bad])].sort(), failing }
    })
}
