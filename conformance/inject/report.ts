import type { Swept, Sweep } from './inject.ts'
import { disagreements, type Injection, type Verdict } from './judge.ts'

/** A point of failure of the model where failures were injected. */
export interface Reached {
  readonly action: string
  readonly point: string
  readonly errnos: readonly string[]
  /** The steps of the calls that were there, by number. */
  readonly steps: readonly number[]
}

/** A sweep in figures and lists. */
export interface SweepSummary {
  readonly paths: number
  readonly injected: number
  readonly verdicts: Readonly<Partial<Record<Verdict, number>>>
  readonly reached: readonly Reached[]
  /** Points of failure that the model comes to and no injection did. */
  readonly unreached: readonly { readonly action: string; readonly point: string }[]
  /** Reasons for which failures are left out of the model, with how many there were. */
  readonly excluded: Readonly<Record<string, number>>
  readonly disagreements: readonly { readonly swept: Swept; readonly injection: Injection }[]
}

const rising = (a: number, b: number) => a - b

/** What a sweep comes to. */
export function summaryOf({ swept }: Sweep): SweepSummary {
  const verdicts: Partial<Record<Verdict, number>> = {}
  const excluded: Record<string, number> = {}
  const reached = new Map<
    string,
    { action: string; point: string; errnos: Set<string>; steps: Set<number> }
  >()
  const expected = new Map<string, { action: string; point: string }>()
  const all = swept.flatMap((one) => one.injections.map((injection) => ({ swept: one, injection })))
  for (const { trial } of swept)
    for (const point of trial.points)
      expected.set(`${trial.of.action}\n${point}`, { action: trial.of.action, point })
  for (const { swept: one, injection } of all) {
    const { action } = one.trial.of
    const { verdict, point, outcome, nth, detail } = injection
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    if (verdict === 'excluded' && detail !== null)
      excluded[`${point}: ${detail}`] = (excluded[`${point}: ${detail}`] ?? 0) + 1
    if (verdict !== 'agrees' || point === null) continue
    const key = `${action}\n${point}`
    const found = reached.get(key) ?? { action, point, errnos: new Set(), steps: new Set() }
    reached.set(key, found)
    found.errnos.add(outcome)
    found.steps.add(nth)
  }
  return {
    paths: swept.length,
    injected: all.length,
    verdicts,
    reached: [...reached.values()].map(({ action, point, errnos, steps }) => ({
      ...{ action, point, errnos: [...errnos].sort(), steps: [...steps].sort(rising) },
    })),
    unreached: [...expected].filter(([key]) => !reached.has(key)).map(([, one]) => one),
    excluded,
    disagreements: all.filter(({ injection }) => disagreements.includes(injection.verdict)),
  }
}
