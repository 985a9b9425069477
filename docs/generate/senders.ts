import type { Way } from './look.ts'
import type { StepWay } from './step-ways.ts'

/** A call that sends an event to objects of a kind; a refusal is an answer to one, too. */
export interface Sender {
  readonly action: string
  readonly kind: string
  readonly event: string
  /** Whether an object was seen to take it. */
  readonly taken: boolean
}

/** The steps that a call with arguments of these kinds goes through, where calls interleave. */
export interface Path {
  readonly action: string
  readonly kinds: Readonly<Record<string, string>>
  readonly steps: readonly string[]
}

/** Which calls send which events, from all ways through them and through their steps. */
export function sendersOf(ways: Iterable<Pick<Way | StepWay, 'action' | 'looks'>>): Sender[] {
  const found = new Map<string, Sender>()
  for (const { action, looks } of ways)
    for (const { how, kind, name: event, value } of looks) {
      if (how !== 'event') continue
      const key = `${action} ${kind} ${event}`
      found.set(key, { action, kind, event, taken: value === 'taken' || found.get(key)?.taken === true })
    }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sender]) => sender)
}

/** The paths that calls take, from all ways through their steps. */
export function pathsOf(steps: Iterable<StepWay>): Path[] {
  const found = new Map<string, { action: string; kinds: Path['kinds']; steps: Set<string> }>()
  for (const { action, kinds, step } of steps) {
    const key = JSON.stringify([action, kinds])
    const path = found.get(key) ?? { action, kinds, steps: new Set<string>() }
    found.set(key, path)
    path.steps.add(step)
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => ({ ...path, steps: [...path.steps].sort() }))
}
