import { anyState, direction, edges, within } from './diagram.ts'
import type { MachineText } from '../observe/machine-text.ts'

const quoted = (text: string) => `"${text.replace(/(["\\])/g, '\\$1')}"`
const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

/** Names in rows of at most so many characters. */
function rows(names: readonly string[], width = 26): string[] {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length + 2 <= width)
      lines[lines.length - 1] = `${last}, ${name}`
    else lines.push(name)
  }
  return lines
}

const row = (text: string, size: number) =>
  `<TR><TD><FONT POINT-SIZE="${size}">${text}</FONT></TD></TR>`

function node(machine: MachineText, state: string): string {
  const { takes, refuses } = within(machine, state)
  const small = [...rows(takes), ...refuses.map((r) => `✗ ${r}`)].map((line) =>
    row(escaped(line), 10),
  )
  const label = `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="1">${row(`<B>${escaped(state)}</B>`, 13)}${small.join('')}</TABLE>`
  return `  ${quoted(state)} [label=<${label}>, class="${state === machine.initial ? 'initial' : 'state'}"]`
}

/**
 * A lifecycle as DOT, for people: a node names what its state takes without leaving it, and below
 * what it refuses (✗); an edge names the events that lead on.
 */
export function dot(machine: MachineText): string {
  const all = edges(machine)
  const lines = [
    `digraph ${quoted(machine.id)} {`,
    `  graph [rankdir=${direction(machine)}, nodesep=0.35, ranksep=0.5, pad=0.2, bgcolor="transparent"]`,
    '  node [shape=box, style=rounded, fontname="Courier", fontsize=13, margin="0.1,0.05"]',
    '  edge [fontname="Courier", fontsize=11, arrowsize=0.7]',
    ...machine.states.map(({ name }) => node(machine, name)),
    ...(all.some((e) => e.from === '')
      ? [`  ${quoted(anyState)} [class="any", style="rounded,dashed"]`]
      : []),
    ...all.map(
      ({ from, to, events }) =>
        `  ${quoted(from === '' ? anyState : from)} -> ${quoted(to)} [label=${quoted(events.map((e) => ` ${e} `).join('\\n')).replaceAll('\\\\n', '\\n')}]`,
    ),
    '}',
  ]
  return `${lines.join('\n')}\n`
}
