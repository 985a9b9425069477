import { aspectText, quotient, type Aspect, type Quotient, type System } from '../checker/index.ts'

/** States looked at to find out what can be told apart: the sizes named are of these. */
const sample = 5000

/**
 * Ways to tell less apart, each with the size of its graph, the best first: `--by viommu,vdevice
 * (12 nodes)`. Null where there is none.
 */
export async function graphSuggestion(
  system: System,
  by: readonly Aspect[] | null,
  most: number,
): Promise<string | null> {
  const aspects =
    by ??
    system.kinds
      .filter((k) => k.machine !== null && k.count > 0)
      .map((k) => ({ kind: k.name, instance: null, field: null }))
  const graph = await quotient(system, aspects, { maxStates: sample })
  const names = aspects.map(aspectText)
  // What has not been seen yet takes its share.
  const room = graph.cut === null ? most : most / 2
  const fits = (chosen: readonly string[]) => size(graph, chosen) <= room
  const ranked = names
    .map((name) => ({ name, nodes: size(graph, [name]) }))
    .filter(({ nodes }) => nodes > 1 && nodes <= room)
    .sort((a, b) => b.nodes - a.nodes)
  const together = ranked.reduce<string[]>(
    (chosen, { name }) => (fits([...chosen, name]) ? [...chosen, name] : chosen),
    [],
  )
  const ways = [
    ...(together.length > 1 ? [together] : []),
    ...ranked.slice(0, 3).map(({ name }) => [name]),
  ]
  if (ways.length === 0) return null
  const about = graph.cut === null ? '' : 'at least '
  return ways.map((way) => `--by ${way.join()} (${about}${size(graph, way)} nodes)`).join(', ')
}

/** How many nodes there would be if these alone were told apart. */
const size = ({ nodes }: Quotient, aspects: readonly string[]): number =>
  new Set(nodes.map(({ values }) => aspects.map((a) => values[a].join('|')).join(';'))).size
