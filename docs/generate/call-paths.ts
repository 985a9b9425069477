import { stableText } from '../../checker/json.ts'
import type { StepWay } from './step-ways.ts'

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

/** Whether arguments of these kinds can go this way: one that did not look at a kind was met with one kind, and stands for all. */
const fits = (way: StepWay, kinds: StepWay['kinds']) =>
  Object.entries(way.kinds).every(([arg, kind]) => kinds[arg] === kind || !way.looks.some(({ how, of }) => how === 'kind' && of === arg))

const place = ({ at, locals }: NonNullable<StepWay['from']>) => `${at} ${locals}`

/** The ways that a call can come to. */
function reached(ways: readonly StepWay[]): StepWay[] {
  const met = new Set<StepWay>()
  const places = new Set<string>()
  for (let known = -1; known < met.size;) {
    known = met.size
    for (const way of ways) {
      if (way.from !== null && !places.has(place(way.from))) continue
      met.add(way)
      if (!('outcome' in way.end)) places.add(place(way.end.to))
    }
  }
  return [...met]
}

/** The ways from which a call can still succeed. */
function succeeding(ways: readonly StepWay[]): StepWay[] {
  const good = new Set<StepWay>()
  const places = new Set<string>()
  for (let known = -1; known < good.size;) {
    known = good.size
    for (const way of ways) {
      if (!('outcome' in way.end ? way.end.outcome === 'ok' : places.has(place(way.end.to)))) continue
      good.add(way)
      if (way.from !== null) places.add(place(way.from))
    }
  }
  return [...good]
}
