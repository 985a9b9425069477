import type { MachineText, TransitionText } from '../observe/machine-text.ts'

/** All ways from one state to another, as one edge. */
export interface Edge {
  /** Empty: from any state. */
  readonly from: string
  readonly to: string
  readonly events: readonly string[]
}

const moves = (t: TransitionText) => t.to !== null && t.refuses === null && !t.blocks

/** The edges of a lifecycle's diagram, one for each pair of states. */
export function edges({ transitions }: MachineText): Edge[] {
  const found = new Map<string, { from: string; to: string; events: string[] }>()
  for (const t of transitions.filter(moves)) {
    const key = `${t.from}>${t.to}`
    const edge = found.get(key) ?? { from: t.from, to: t.to as string, events: [] }
    if (!edge.events.includes(t.event)) edge.events.push(t.event)
    found.set(key, edge)
  }
  return [...found.values()]
}

/** What a state takes without leaving it, and what it refuses. */
export function within(
  { transitions }: MachineText,
  state: string,
): { readonly takes: string[]; readonly refuses: string[] } {
  const own = transitions.filter((t) => t.from === state)
  const once = (names: readonly string[]) => [...new Set(names)]
  return {
    takes: once(
      own.filter((t) => t.to === null && t.refuses === null && !t.blocks).map((t) => t.event),
    ),
    refuses: once(own.filter((t) => t.refuses !== null).map((t) => `${t.event} ${t.refuses}`)),
  }
}

/** The name under which the diagrams draw "any state". */
export const anyState = 'any state'

/** Downwards, or sideways where many ways lead from one state: a phone shows either whole. */
export function direction(machine: MachineText): 'TB' | 'LR' {
  const from = edges(machine).map((edge) => edge.from)
  return from.some((state) => from.filter((other) => other === state).length > 2) ? 'LR' : 'TB'
}
