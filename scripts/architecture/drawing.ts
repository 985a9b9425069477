import { instance } from '@viz-js/viz'
import { themed } from '../../docs/generate/formats/themed-svg.ts'
import type { Dependency } from './imports.ts'

/**
 * The dependencies without those that others imply: where there is a longer way, the short one is
 * left out. Imports run in no circles.
 */
export function reduced(all: readonly Dependency[]): Dependency[] {
  const next = (part: string) => all.flatMap(({ from, to }) => (from === part ? [to] : []))
  const leads = (from: string, to: string): boolean =>
    from === to || next(from).some((part) => leads(part, to))
  return all.filter(({ from, to }) => !next(from).some((part) => part !== to && leads(part, to)))
}

/** The dependencies as DOT: an arrow points to what is imported. */
export function dot(dependencies: readonly Dependency[]): string {
  const all = reduced(dependencies)
  const parts = [...new Set(all.flatMap(({ from, to }) => [from, to]))].sort()
  return `${[
    'digraph "iommufd-spec" {',
    '  graph [rankdir=TB, nodesep=0.25, ranksep=0.45, pad=0.2, bgcolor="transparent"]',
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=13, margin="0.12,0.06"]',
    '  edge [arrowsize=0.7]',
    ...parts.map((part) => `  "${part}"`),
    ...all.map(({ from, to }) => `  "${from}" -> "${to}"`),
    '}',
  ].join('\n')}\n`
}

/** The drawing of a DOT text. */
export async function drawn(text: string): Promise<string> {
  const viz = await instance()
  return themed(viz.renderString(text, { format: 'svg' }), 'npm run docs:architecture')
}
