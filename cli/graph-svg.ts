import { instance } from '@viz-js/viz'
import type { Quotient } from '../checker/index.ts'
import { themed } from '../docs/generate/formats/themed-svg.ts'
import { graphDot } from './graph-dot.ts'
import type { Drawn } from './graph-json.ts'

/** A graph as SVG, laid out by Graphviz. */
export async function graphSvg(graph: Quotient, drawn: Drawn): Promise<string> {
  const viz = await instance()
  return themed(viz.renderString(graphDot(graph, drawn), { format: 'svg' }), 'iommufd-spec graph')
}
