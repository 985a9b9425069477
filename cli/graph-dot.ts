import type { Quotient, QuotientNode } from '../checker/index.ts'
import type { Drawn } from './graph-json.ts'

const quoted = (text: string) => `"${text.replace(/(["\\])/g, '\\$1')}"`
const lines = (texts: readonly string[]) =>
  texts.map((text) => `${quoted(text).slice(1, -1)}\\l`).join('')

/** Calls named on one edge; of more, only how many. */
const mostCalls = 4

const shown = (calls: readonly string[]): readonly string[] =>
  calls.length > mostCalls
    ? [...calls.slice(0, mostCalls - 1), `and ${calls.length - mostCalls + 1} more`]
    : calls

/**
 * A graph as DOT. In a whole graph a node names what differs from the start; in a quotient, what is
 * told apart.
 */
export function graphDot(graph: Quotient, drawn: Drawn): string {
  const { scope, driver } = drawn.choice
  const text = [
    `digraph ${quoted(`${scope} ${driver}`)} {`,
    '  graph [rankdir=TB, nodesep=0.3, ranksep=0.45, pad=0.2, mclimit=100, bgcolor="transparent"]',
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=11, margin="0.1,0.06"]',
    '  edge [fontname="Courier", fontsize=9, arrowsize=0.7]',
    ...graph.nodes.map(
      (node, i) =>
        `  ${i} [label="${lines(nodeText(node, graph.nodes[0], drawn.whole))}"${i === 0 ? ', class="initial"' : ''}]`,
    ),
    ...[...between(graph)].map(
      ([ends, calls]) => `  ${ends} [label="${lines(shown(calls).map((call) => ` ${call} `))}"]`,
    ),
    '}',
  ]
  return `${text.join('\n')}\n`
}

function nodeText({ values, states }: QuotientNode, start: QuotientNode, whole: boolean): string[] {
  if (!whole)
    return [
      ...Object.entries(values).map(([aspect, texts]) => `${aspect}: ${counted(texts)}`),
      `${states} state${states === 1 ? '' : 's'}`,
    ]
  const changed = Object.entries(values).filter(
    ([aspect, texts]) => texts.join() !== start.values[aspect].join(),
  )
  return changed.length === 0
    ? ['start']
    : changed.map(([aspect, texts]) => `${aspect.replace('.*', '')}: ${texts.join()}`)
}

/** `free ×2, live` */
const counted = (texts: readonly string[]): string =>
  [...new Set(texts)]
    .map((text) =>
      texts.filter((t) => t === text).length > 1
        ? `${text} ×${texts.filter((t) => t === text).length}`
        : text,
    )
    .join(', ')

/** The calls from one node to another, by `0 -> 1`. */
function between({ edges }: Quotient): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { from, to, action, outcome } of edges) {
    const call = outcome === 'ok' || outcome === 'step' ? action : `${action} ${outcome}`
    const ends = `${from} -> ${to}`
    found.set(ends, [...(found.get(ends) ?? []), call])
  }
  return found
}
