import type { RefusalMeta } from '../../../checker/index.ts'
import { wordsOf, stateNodes } from '../../../checker/inspect.ts'
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import type { About } from '../../../machines/about.ts'

/** A transition in words. */
export interface TransitionText {
  /** Its path, as the checker names it: `viommu.live.remove[1]`. */
  readonly name: string
  readonly event: string
  /** Where it starts; empty for a transition of the machine as a whole, which any state has. */
  readonly from: string
  /** Where it leads; null where it stays. */
  readonly to: string | null
  /** The guard's words, null where there is none. */
  readonly when: string | null
  /** A transition of the same event and state stands before it. */
  readonly otherwise: boolean
  readonly does: string
  readonly kernel: string
  readonly refuses: string | null
  readonly blocks: boolean
}

/** A lifecycle in words. */
export interface MachineText {
  readonly id: string
  readonly says: string
  readonly about: About<Record<string, string>> | null
  readonly initial: string
  readonly states: readonly { readonly name: string; readonly says: string }[]
  readonly transitions: readonly TransitionText[]
}

type Meta = RefusalMeta & { readonly kernel?: string }

const pathOf = (node: AnyStateNode) => node.path.join('.')

function transitionText(
  machine: AnyStateMachine,
  node: AnyStateNode,
  t: AnyTransitionDefinition,
  index: number,
): TransitionText {
  const guards = machine.implementations.guards as Record<string, { [wordsOf]?: string }>
  const meta = (t.meta ?? {}) as Meta
  const target = t.target?.[0] as AnyStateNode | undefined
  return {
    name: `${[machine.id, ...node.path].join('.')}.${t.eventType}[${index}]`,
    event: t.eventType,
    from: pathOf(node),
    to: target === undefined || target === node ? null : pathOf(target),
    when: typeof t.guard === 'string' ? (guards[t.guard]?.[wordsOf] ?? t.guard) : null,
    otherwise: index > 0,
    does: t.description ?? '',
    kernel: meta.kernel ?? '',
    refuses: meta.refuse ?? null,
    blocks: meta.blocks === true,
  }
}

/** Reads a machine's own words. */
export function machineText(machine: AnyStateMachine): MachineText {
  const root = machine.root as AnyStateNode
  const nodes = [...stateNodes(root)]
  const inner = nodes.filter((node) => node !== root)
  const about = root.meta as MachineText['about'] | undefined
  return {
    id: machine.id,
    says: root.description ?? '',
    about: about ?? null,
    initial: inner.length === 0 ? '' : pathOf(root.initial.target[0] as AnyStateNode),
    states: inner.map((node) => ({ name: pathOf(node), says: node.description ?? '' })),
    transitions: nodes.flatMap((node) =>
      [...node.transitions.values()].flatMap((list) =>
        list.map((t, index) => transitionText(machine, node, t, index)),
      ),
    ),
  }
}

/** The file name of a lifecycle's page, without its ending. */
export const slug = (id: string): string =>
  id
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
