import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'

/** All nodes of a machine, the root first. */
export function* stateNodes(node: AnyStateNode): Generator<AnyStateNode> {
  yield node
  for (const child of Object.values(node.states) as AnyStateNode[]) yield* stateNodes(child)
}

/** All transitions of a node, by event and in order. */
export function* transitionsOf(node: AnyStateNode): Generator<AnyTransitionDefinition> {
  for (const list of node.transitions.values()) yield* list
  if (node.always !== undefined) yield* node.always
}
