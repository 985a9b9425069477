import { various } from './covers.ts'
import type { Action } from '../../../checker/index.ts'
import type { Notes } from './notes.ts'

/** A call that sends an event to objects of a kind; a refusal is an answer to one, too. */
export interface Sender {
  readonly action: string
  readonly kind: string
  readonly event: string
  /**
   * The kinds of the argument that can be of several kinds, as `obj=viommu`; none where the call
   * has no such argument.
   */
  readonly given: readonly string[]
  /** Whether an object was seen to take it. */
  readonly taken: boolean
}

/** Senders that were met, each once. */
export type Senders = Map<string, Sender>

/** Adds what a call has sent. `kinds` are those of its arguments. */
export function addSent(
  senders: Senders,
  action: Action,
  kinds: Readonly<Record<string, string>>,
  { sent }: Notes,
): void {
  const [first] = various(action)
  const given =
    first === undefined || kinds[first.param] === undefined
      ? []
      : [`${first.param}=${kinds[first.param]}`]
  for (const { kind, event, taken } of sent) {
    const key = `${action.name} ${kind} ${event}`
    const known = senders.get(key)
    if (
      known !== undefined &&
      (known.taken || !taken) &&
      given.every((one) => known.given.includes(one))
    )
      continue
    senders.set(key, {
      action: action.name,
      kind,
      event,
      given: [...new Set([...(known?.given ?? []), ...given])].sort(),
      taken: taken || known?.taken === true,
    })
  }
}

/** Senders in an order of their own. */
export const sorted = (senders: Senders): Sender[] =>
  [...senders.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sender]) => sender)
