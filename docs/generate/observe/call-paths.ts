import { stableText } from '../../../checker/inspect.ts'
import { placeKey, type Between, type StepWay } from './step-ways.ts'

/** The steps that a call with arguments of these kinds goes through, where calls interleave. */
export interface Path {
  readonly action: string
  readonly kinds: StepWay['kinds']
  readonly steps: readonly string[]
  /** Steps that it goes through only where it fails. */
  readonly failing: readonly string[]
}

/** The paths that calls take, from all ways through their steps. */
export function pathsOf(ways: readonly StepWay[]): Path[] {
  const kinds = new Map(ways.map((way) => [stableText([way.action, way.kinds]), way]))
  return [...kinds.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { action, kinds }]): Path => {
      const own = reached(ways.filter((way) => way.action === action && fits(way, kinds)))
      const good = new Set(succeeding(own).map(({ step }) => step))
      const steps = [...new Set(own.map(({ step }) => step))].sort()
      return { action, kinds, steps, failing: steps.filter((step) => !good.has(step)) }
    })
}

/**
 * Whether arguments of these kinds can go this way: one that did not look at a kind was met with
 * one kind, and stands for all.
 */
const fits = (way: StepWay, kinds: StepWay['kinds']) =>
  Object.entries(way.kinds).every(
    ([arg, kind]) =>
      kinds[arg] === kind || !way.looks.some(({ how, of }) => how === 'kind' && of === arg),
  )

/** The ways that a call can come to. */
const reached = (ways: readonly StepWay[]) => grown(ways, ({ from }) => from ?? 'known', leadsTo)

/** The ways from which a call can still succeed. */
const succeeding = (ways: readonly StepWay[]) =>
  grown(
    ways,
    (way) => leadsTo(way) ?? ('outcome' in way.end && way.end.outcome === 'ok' ? 'known' : 'never'),
    ({ from }) => from,
  )

const leadsTo = ({ end }: StepWay): Between | null => ('outcome' in end ? null : end.to)

/**
 * The ways that stand at a known place, where each of them makes one more place known; until there
 * are no more.
 */
function grown(
  ways: readonly StepWay[],
  stands: (way: StepWay) => Between | 'known' | 'never',
  makesKnown: (way: StepWay) => Between | null,
): StepWay[] {
  const found = new Set<StepWay>()
  const places = new Set<string>()
  for (let before = -1; before < found.size;) {
    before = found.size
    for (const way of ways) {
      const at = stands(way)
      if (at === 'never' || (at !== 'known' && !places.has(placeKey(at)))) continue
      found.add(way)
      const next = makesKnown(way)
      if (next !== null) places.add(placeKey(next))
    }
  }
  return [...found]
}
