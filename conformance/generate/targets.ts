import { kindOf } from '../binding/index.ts'
import type { Effect } from './effect.ts'

/** What sequences are to cover; each by name. */
export interface Targets {
  /** `action → outcome`. */
  readonly outcomes: ReadonlySet<string>
  /** Transitions of machines, by kind: `hwptAuto: hwptPaging.live.remove[1]`. */
  readonly transitions: ReadonlySet<string>
  /** Two transitions that one object takes, or is refused by, one right after the other: `hwptAuto: a, b`. */
  readonly pairs: ReadonlySet<string>
}

/** An outcome's name. */
export const outcomeName = (action: string, outcome: string): string => `${action} → ${outcome}`
/** A transition's name, as one of a kind: kinds can share a machine. */
export const transitionName = (kind: string, transition: string): string => `${kind}: ${transition}`
/** The name of a pair. */
export const pairName = (kind: string, first: string, second: string): string => `${kind}: ${first}, ${second}`

/** The transitions of a call, object by object. */
export function byComponent({ taken }: Effect): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { component, transition } of taken) {
    const list = found.get(component)
    if (list === undefined) found.set(component, [transition])
    else list.push(transition)
  }
  return found
}

/** What was covered, call by call. */
export class Covered implements Targets {
  readonly outcomes = new Set<string>()
  readonly transitions = new Set<string>()
  readonly pairs = new Set<string>()

  /** Notes a call. `last` has the last transition of each object so far in the sequence, and is brought up to date. */
  note(action: string, outcome: string, effect: Effect, last: Map<string, string>): void {
    this.outcomes.add(outcomeName(action, outcome))
    for (const { component, transition } of effect.taken) {
      const kind = kindOf(component)
      this.transitions.add(transitionName(kind, transition))
      const before = last.get(component)
      if (before !== undefined) this.pairs.add(pairName(kind, before, transition))
      last.set(component, transition)
    }
  }
}
