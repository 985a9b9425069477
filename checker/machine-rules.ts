import type { AnyStateMachine, AnyStateNode } from 'xstate'
import { alwaysCycle } from './always-cycle.ts'
import { CheckerError } from './errors.ts'
import type { RefusalMeta } from './lifecycle.ts'
import { stateNodes, transitionsOf } from './machine-nodes.ts'
import type { Executed } from './machine-scope.ts'
import { assertRefusal } from './validate/names.ts'

/** What of a machine's actions is passed over. */
export interface Tolerance {
  /** Actions without an effect on the machine. */
  readonly ignores?: readonly ('log' | 'emit')[]
}

/** Actions that XState resolves to a new local state and raised events, and nothing else. */
const exact = ['xstate.assign', 'xstate.raise', 'xstate.enqueueActions']

const inexact = (where: string, what: string): CheckerError =>
  new CheckerError(
    'CHK003',
    `${where} runs ${what}; assign, raise and enqueueActions of these are exact, ${
      /^xstate\.(log|emit)$/.test(what)
        ? `ignore it by ignores: ['${what.slice('xstate.'.length)}'] of the kind`
        : 'effects belong in an action of the system'
    }`,
  )

const ignored = (type: string | undefined, { ignores = [] }: Tolerance): boolean =>
  ignores.some((name) => type === `xstate.${name}`)

interface Delayed {
  readonly event?: unknown
  readonly delay?: unknown
}

/** Whether a raised event is one of those that stand for a machine's own delays. */
const isDelay = ({ event }: Delayed, delays: ReadonlySet<string>): boolean =>
  typeof event === 'object' && event !== null && delays.has((event as { type: string }).type)

const later = (where: string): CheckerError =>
  new CheckerError(
    'CHK003',
    `${where} raises an event with a delay; let an action of the system send it, or use after`,
  )

/**
 * Refuses what a step would execute besides assigning and raising at once: what `enqueueActions`
 * has come to is not known before.
 *
 * @param delays - event types of delays that an action of the system stands for
 */
export function executable(
  where: string,
  { type, params }: Executed,
  tolerance: Tolerance,
  delays: ReadonlySet<string>,
): void {
  if (ignored(type, tolerance)) return
  const given = (params ?? {}) as Delayed & { readonly sendId?: unknown }
  if (type === 'xstate.cancel' && delays.has(String(given.sendId))) return
  if (type !== 'xstate.raise') throw inexact(where, type)
  if (given.delay !== undefined && !isDelay(given, delays)) throw later(where)
}

/**
 * Refuses machines that cannot be checked exactly: history states, `invoke` and `after` that
 * nothing stands for, actions other than `assign`, `raise` and `enqueueActions`, refusals that do
 * something, cycles of `always` without a guard.
 *
 * @param delays - event types of delays that an action of the system stands for
 *
 * @throws CheckerError CHK002, CHK003, CHK018, CHK022
 */
export function checkMachine(
  kind: string,
  machine: AnyStateMachine,
  tolerance: Tolerance,
  delays: ReadonlySet<string>,
): void {
  type Implemented = Delayed & { readonly type?: string; readonly sendId?: unknown }
  const implemented = machine.implementations.actions as Record<string, Implemented | undefined>
  const checkActions = (actions: readonly unknown[] | undefined, where: string) => {
    for (const action of actions ?? []) {
      const named =
        typeof action === 'string'
          ? action
          : typeof action === 'object' && action !== null
            ? (action as { type: string }).type
            : null
      const target = named === null ? (action as Implemented) : implemented[named]
      const type = target?.type
      if (ignored(type, tolerance)) continue
      if (type === 'xstate.cancel' && delays.has(String(target?.sendId))) continue
      if (type === undefined || !exact.includes(type))
        throw inexact(where, named ?? type ?? 'a function')
      if (target?.delay !== undefined && !isDelay(target, delays)) throw later(where)
    }
  }
  for (const node of stateNodes(machine.root as AnyStateNode)) {
    const where = [kind, ...node.path].join('.')
    const refuseFeature = (what: string, instead: string) => {
      throw new CheckerError('CHK002', `${where} uses ${what}; ${instead}`)
    }
    const state = node.path.length === 0 ? 'null' : `'${node.path.join('.')}'`
    if (node.type === 'history') refuseFeature('history', 'make what it keeps a state or a field')
    if (node.invoke.length > 0)
      refuseFeature(
        'invoke',
        `say what it comes to by an action made by invoke('…', '${kind}', ${state}, { done: […], error: […] }), or make it a state`,
      )
    for (const { delay, eventType } of node.after)
      if (!delays.has(eventType))
        refuseFeature(
          `after ${delay}`,
          `let it happen by an action made by after('…', '${kind}', ${state}, ${JSON.stringify(delay)}), or make it an event that an action sends`,
        )
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
    if (node.type !== 'history' && 'initial' in node.config && node.config.initial !== undefined)
      checkActions(node.initial.actions, `the start of ${where}`)
  }
  const cycle = alwaysCycle(machine)
  if (cycle !== null)
    throw new CheckerError(
      'CHK022',
      `${kind}: always goes round without end (${cycle.join(' → ')}); give one of these transitions a guard`,
    )
}
