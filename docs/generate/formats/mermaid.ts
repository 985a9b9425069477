import { anyState, direction, edges } from './diagram.ts'
import type { MachineText } from '../observe/machine-text.ts'

const id = (name: string) => name.replace(/\W+/g, '_')

/**
 * A lifecycle as a Mermaid state diagram; names that Mermaid takes for words of its own are quoted.
 */
export function mermaid(machine: MachineText): string {
  const all = edges(machine)
  // Where edges come from any state, one more to the initial state would lie on theirs.
  const any = all.some((e) => e.from === '')
  const label = (name: string) => (any && name === machine.initial ? `${name} (initial)` : name)
  return [
    'stateDiagram-v2',
    `  direction ${direction(machine)}`,
    ...machine.states.map(({ name }) => `  state "${label(name)}" as s_${id(name)}`),
    any ? `  state "${anyState}" as ${id(anyState)}` : `  [*] --> s_${id(machine.initial)}`,
    ...all.map(
      ({ from, to, events }) =>
        `  ${from === '' ? id(anyState) : `s_${id(from)}`} --> s_${id(to)}: ${events.join(', ')}`,
    ),
  ].join('\n')
}
