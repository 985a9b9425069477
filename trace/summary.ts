import type { Validation } from './validate.ts'
import type { Status, Verdict } from './verdict.ts'

/** How many calls became what. */
export type Counts = Readonly<Record<Status, number>>

/** A log in numbers. */
export interface Summary {
  readonly all: Counts
  /** Of these the ioctls that the model has calls of. */
  readonly inModel: Counts
  readonly byIoctl: ReadonlyMap<string, Counts>
  readonly byProcess: ReadonlyMap<number, Counts>
  /** How often what was missing. */
  readonly reasons: ReadonlyMap<string, number>
}

const none: Counts = { predicted: 0, outside: 0, rejected: 0 }
const more = (counts: Counts, { status }: Verdict): Counts => ({
  ...counts,
  [status]: counts[status] + 1,
})
const count = (verdicts: readonly Verdict[]): Counts => verdicts.reduce(more, none)

function by<K>(verdicts: readonly Verdict[], key: (verdict: Verdict) => K): Map<K, Counts> {
  const groups = new Map<K, Counts>()
  for (const verdict of verdicts)
    groups.set(key(verdict), more(groups.get(key(verdict)) ?? none, verdict))
  return groups
}

/** All calls of a group of counts. */
export const total = ({ predicted, outside, rejected }: Counts): number =>
  predicted + outside + rejected

/** Counts the verdicts; the most frequent first. */
export function summaryOf({ verdicts }: Validation): Summary {
  const reasons = new Map<string, number>()
  for (const { status, reason } of verdicts)
    if (status === 'outside' && reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  return {
    all: count(verdicts),
    inModel: count(verdicts.filter(({ inModel }) => inModel)),
    byIoctl: new Map(
      [...by(verdicts, ({ call }) => call)].sort(([, a], [, b]) => total(b) - total(a)),
    ),
    byProcess: new Map(
      [...by(verdicts, ({ pid }) => pid)].sort(([, a], [, b]) => total(b) - total(a)),
    ),
    reasons: new Map([...reasons].sort(([, a], [, b]) => b - a)),
  }
}
