import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { stateNodes } from './machine-nodes.ts'

/** The state at rest in which a state starts; null where that is several. */
function leafOf(node: AnyStateNode): AnyStateNode | null {
  if (node.type === 'parallel') return null
  if (node.type !== 'compound') return node
  const [first] = node.initial.target as readonly AnyStateNode[]
  return leafOf(first)
}

/**
 * The eventless transition that is taken in a state whatever the context is; null where none is, or
 * where a guard or another region has a say in it.
 */
function certain(leaf: AnyStateNode): AnyTransitionDefinition | null {
  let found: AnyTransitionDefinition | null = null
  for (let node: AnyStateNode | undefined = leaf; node !== undefined; node = node.parent) {
    if (node.type === 'parallel') return null
    if (found !== null || node.always === undefined || node.always.length === 0) continue
    const [first] = node.always as readonly AnyTransitionDefinition[]
    if (first.guard !== undefined) return null
    found = first
  }
  return found
}

/**
 * A cycle of states that eventless transitions without a guard lead round, as paths, the first one
 * once more at its end. Cycles with guards end or do not: that shows when they run.
 */
export function alwaysCycle(machine: AnyStateMachine): string[] | null {
  for (const start of stateNodes(machine.root as AnyStateNode)) {
    if (start.type !== 'atomic') continue
    const way: AnyStateNode[] = [start]
    for (;;) {
      const at = way[way.length - 1]
      const t = certain(at)
      const [target, ...others] = (t?.target ?? []) as readonly AnyStateNode[]
      if (target === undefined || others.length > 0) break
      const next = leafOf(target)
      // A state that goes to itself without an action is at rest.
      if (next === null || next === at) break
      const known = way.indexOf(next)
      way.push(next)
      if (known >= 0) return way.slice(known).map((node) => node.path.join('.'))
    }
  }
  return null
}
