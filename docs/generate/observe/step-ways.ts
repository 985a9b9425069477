import type { Look, Way } from './look.ts'

/** Where a path stands between two of its steps. */
export interface Between {
  /** The step that follows. */
  readonly at: string
  /**
   * What the path keeps, as text: arguments and plain values as they are, other objects by their
   * kind.
   */
  readonly locals: string
}

/** One way through one step of an interleaved path. */
export interface StepWay {
  readonly action: string
  /** The name of the step. */
  readonly step: string
  /** The kinds of the call's arguments. */
  readonly kinds: Readonly<Record<string, string>>
  /**
   * Two of the arguments are one object, so that it is not to be told which of them is looked at.
   */
  readonly same: boolean
  /** Null for the first step. */
  readonly from: Between | null
  readonly looks: readonly Look[]
  /** How the call ended, or where it goes on, with the part that each kept object was known as. */
  readonly end:
    | { readonly outcome: string }
    | { readonly to: Between; readonly parts: readonly (readonly [local: string, part: string])[] }
}

/** The part of an object that a path keeps from an earlier step. */
export const keptPart = (local: string): string => `locals.${local}`

/** A place of a path as a key. */
export const placeKey = ({ at, locals }: Between): string => `${at} ${locals}`

/**
 * A call whose ways take more steps than this to put together is left out whole: a part of its ways
 * would tell half of its checks.
 */
const most = 50_000

/**
 * The ways through whole calls that the ways through their steps make together, other threads
 * having come in between.
 */
export const composed = (steps: readonly StepWay[]): Way[] =>
  [...new Set(steps.map(({ action }) => action))].flatMap((action) =>
    composedCall(steps.filter((step) => step.action === action && !step.same)),
  )

function composedCall(steps: readonly StepWay[]): Way[] {
  const after = new Map<string, StepWay[]>()
  for (const step of steps) {
    const from = step.from === null ? '' : placeKey(step.from)
    after.set(from, [...(after.get(from) ?? []), step])
  }
  const ways = new Map<string, Way>()
  let taken = 0
  const named = (text: string, parts: ReadonlyMap<string, string>) =>
    text.replace(/\blocals\.(\w+)/g, (whole, local: string) => parts.get(local) ?? whole)
  const go = (
    step: StepWay,
    before: readonly Look[],
    parts: ReadonlyMap<string, string>,
    passed: readonly string[],
  ): void => {
    if (taken++ >= most) return
    const looks = [
      ...before,
      ...step.looks.map((look) => ({
        ...look,
        of: named(look.of, parts),
        value: named(look.value, parts),
      })),
    ]
    if ('outcome' in step.end) {
      const way = { action: step.action, looks, outcome: step.end.outcome }
      ways.set(JSON.stringify(way), way)
      return
    }
    const next = placeKey(step.end.to)
    // A path that comes back to where it was has looked at everything already.
    if (passed.includes(next)) return
    const known = new Map(step.end.parts.map(([local, part]) => [local, named(part, parts)]))
    for (const one of after.get(next) ?? []) go(one, looks, known, [...passed, next])
  }
  for (const step of after.get('') ?? []) go(step, [], new Map(), [])
  return taken > most ? [] : [...ways.values()]
}
