import { kindOf } from '../../checker/inspect.ts'
import type { Effect } from './effect.ts'

/** What sequences are to cover; each by name. */
export interface Targets {
  /** `action → outcome`. */
  readonly outcomes: ReadonlySet<string>
  /**
   * Ways in which calls run through the machines: the action, its outcome, and what happens to
   * objects of which kinds.
   */
  readonly paths: ReadonlySet<string>
  /** Transitions of machines, by kind: `hwptAuto: hwptPaging.live.remove[1]`. */
  readonly transitions: ReadonlySet<string>
  /**
   * Two transitions that one object takes, or is refused by, one right after the other: `hwptAuto:
   * a, b`.
   */
  readonly pairs: ReadonlySet<string>
}

/** An outcome's name. */
export const outcomeName = (action: string, outcome: string): string => `${action} → ${outcome}`
/** The name of a way through the machines; objects to which the same happens count once. */
export function pathName(action: string, outcome: string, effect: Effect): string {
  const known = paths.get(effect)
  if (known !== undefined) return known
  const each = [...byComponent(effect)].map(([component, transitions]) =>
    transitionName(kindOf(component), transitions.join(', ')),
  )
  const path = [outcomeName(action, outcome), ...[...new Set(each)].sort()].join('; ')
  paths.set(effect, path)
  return path
}
// An effect belongs to one action and one outcome.
const paths = new WeakMap<Effect, string>()
/** A transition's name, as one of a kind: kinds can share a machine. */
export const transitionName = (kind: string, transition: string): string => `${kind}: ${transition}`
/** The name of a pair. */
export const pairName = (kind: string, first: string, second: string): string =>
  `${kind}: ${first}, ${second}`

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

/** The first transition of each object in a call. */
type Begins = readonly (readonly [component: string, first: string])[]

/** What was covered, call by call. */
export class Covered implements Targets {
  readonly outcomes = new Set<string>()
  readonly paths = new Set<string>()
  readonly transitions = new Set<string>()
  readonly pairs = new Set<string>()
  /** Effects of which everything but how they follow on others is covered, and how each begins. */
  readonly #within = new Map<Effect, Begins>()
  /** The pairs once more, by their first transition; of one kind. */
  readonly #after = new Map<string, Map<string, Set<string>>>()

  /** Whether a target of any sort is covered. */
  has(target: string): boolean {
    return [this.outcomes, this.paths, this.transitions, this.pairs].some((set) => set.has(target))
  }

  /** Whether a call would cover nothing, after the last transition of each object so far. */
  knows(
    action: string,
    outcome: string,
    effect: Effect,
    last: ReadonlyMap<string, string>,
  ): boolean {
    const begins = this.#within.get(effect) ?? this.#learn(action, outcome, effect)
    return (
      begins?.every(([component, first]) =>
        this.#knowsPair(component, last.get(component), first),
      ) ?? false
    )
  }

  /** How an effect begins, where all within it is covered. */
  #learn(action: string, outcome: string, effect: Effect): Begins | undefined {
    const by = [...byComponent(effect)]
    const covered =
      this.outcomes.has(outcomeName(action, outcome)) &&
      this.paths.has(pathName(action, outcome, effect)) &&
      by.every(([component, taken]) =>
        taken.every((transition, i) => {
          const known = this.transitions.has(transitionName(kindOf(component), transition))
          return known && (i === 0 || this.#knowsPair(component, taken[i - 1], transition))
        }),
      )
    if (!covered) return undefined
    const begins: Begins = by.map(([component, [first]]) => [component, first])
    this.#within.set(effect, begins)
    return begins
  }

  /**
   * Notes a call. `last` has the last transition of each object so far in the sequence, and is
   * brought up to date.
   */
  note(action: string, outcome: string, effect: Effect, last: Map<string, string>): void {
    this.outcomes.add(outcomeName(action, outcome))
    this.paths.add(pathName(action, outcome, effect))
    for (const { component, transition } of effect.taken) {
      const kind = kindOf(component)
      this.transitions.add(transitionName(kind, transition))
      const before = last.get(component)
      if (before !== undefined) {
        this.pairs.add(pairName(kind, before, transition))
        this.#secondsOf(component, before).add(transition)
      }
      last.set(component, transition)
    }
  }

  #knowsPair(component: string, before: string | undefined, first: string): boolean {
    return before === undefined || this.#secondsOf(component, before).has(first)
  }

  /** What was seen to follow a transition of a component's kind. */
  #secondsOf(component: string, before: string): Set<string> {
    const kind = kindOf(component)
    let ofKind = this.#after.get(kind)
    if (ofKind === undefined) this.#after.set(kind, (ofKind = new Map()))
    let seconds = ofKind.get(before)
    if (seconds === undefined) ofKind.set(before, (seconds = new Set()))
    return seconds
  }
}
