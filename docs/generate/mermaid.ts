import { anyState, edges } from './diagram.ts'
import type { MachineText } from './machine-text.ts'

const id = (name: string) => name.replace(/\W+/g, '_')

/** A lifecycle as a Mermaid state diagram; names that Mermaid takes for words of its own are quoted. */
export function mermaid(machine: MachineText): string {
  const all = edges(machine)
  const any = all.some((e) => e.from === '') ? [`  state "${anyState}" as ${id(anyState)}`] : []
  return [
    'stateDiagram-v2',
    ...machine.states.map(({ name }) => `  state "${name}" as s_${id(name)}`),
    ...any,
    `  [*] --> s_${id(machine.initial)}`,
    ...all.map(({ from, to, events }) => `  ${from === '' ? id(anyState) : `s_${id(from)}`} --> s_${id(to)}: ${events.join(', ')}`),
  ].join('\n')
}
