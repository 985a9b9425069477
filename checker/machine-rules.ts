import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { CheckerError } from './errors.ts'
import type { RefusalMeta } from './lifecycle.ts'
import { assertRefusal } from './validate/names.ts'

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

/**
 * Refuses machines that cannot be checked exactly: history states, `invoke`, `after`, actions other
 * than `assign`, refusals that do something.
 *
 * @throws CheckerError CHK002, CHK003, CHK018
 */
export function checkMachine(kind: string, machine: AnyStateMachine): void {
  const implemented = machine.implementations.actions as Record<
    string,
    { type?: string } | undefined
  >
  const checkActions = (actions: readonly unknown[] | undefined, where: string) => {
    for (const action of actions ?? []) {
      const named =
        typeof action === 'string'
          ? action
          : typeof action === 'object' && action !== null
            ? (action as { type: string }).type
            : null
      const target = named === null ? (action as { type?: string }) : implemented[named]
      if (target?.type !== 'xstate.assign')
        throw new CheckerError(
          'CHK003',
          `${kind}: ${where} runs ${named ?? target?.type ?? 'a function'}; only assign is exact, effects belong in an action of the system`,
        )
    }
  }
  for (const node of stateNodes(machine.root as AnyStateNode)) {
    const where = [kind, ...node.path].join('.')
    const refuseFeature = (what: string) => {
      throw new CheckerError(
        'CHK002',
        `${where} uses ${what}; make it a state, or an event that an action sends`,
      )
    }
    if (node.type === 'history') refuseFeature('history')
    if (node.invoke.length > 0) refuseFeature('invoke')
    if (node.after.length > 0) refuseFeature('after')
    checkActions(node.entry, `entry of ${where}`)
    checkActions(node.exit, `exit of ${where}`)
    for (const t of transitionsOf(node)) {
      const meta = t.meta as RefusalMeta | undefined
      const refuses = meta?.refuse !== undefined || meta?.blocks === true
      if (meta?.refuse !== undefined) assertRefusal(`${where}, event ${t.eventType},`, meta.refuse)
      if (refuses && (t.target !== undefined || t.actions.length > 0))
        throw new CheckerError(
          'CHK018',
          `${where}, event ${t.eventType}: a refusal has neither target nor actions`,
        )
      checkActions(t.actions, `event ${t.eventType} of ${where}`)
    }
  }
}
