import { createMachine, type AnyStateMachine, type AnyStateNode } from 'xstate'
import { CheckerError } from './errors.ts'
import type { Json } from './json.ts'
import type { PlainEvent } from './machine.ts'
import { stateNodes } from './machine-nodes.ts'

/** What happens to a machine from outside: its time passes, or an actor that it invokes ends. */
export type Outside = {
  readonly kind: string
  /** The state of which it is, by its dotted path; null for the machine as a whole. */
  readonly state: string | null
} & (
  | { readonly after: string }
  | {
      /** The actor's id; null where the state invokes one alone. */
      readonly invoke: string | null
      /** Whether it is said to succeed, and to fail, at all. */
      readonly done: boolean
      readonly error: boolean
    }
)

const inState = (state: string | null): string => (state === null ? '' : ` in ${state}`)

/** The event by which an action says that time has passed. */
export const elapsed = (state: string | null, delay: string): PlainEvent => ({
  type: `after ${delay}${inState(state)}`,
})

/** The event by which an action says what an actor has come to. */
export const settled = (
  state: string | null,
  id: string | null,
  how: 'done' | 'error',
  value: Json,
): PlainEvent => ({
  type: `${how}${id === null ? '' : ` ${id}`}${inState(state)}`,
  [how === 'done' ? 'output' : 'error']: value,
})

/** A machine without anything outside it, and how events that stand for that are told to it. */
export interface Inside {
  readonly machine: AnyStateMachine
  /** The event as XState has it. */
  event(sent: PlainEvent): PlainEvent
  /** XState's event types of the delays that actions stand for. */
  readonly delays: ReadonlySet<string>
}

interface Invoked {
  readonly id: string
  readonly onDone?: unknown
  readonly onError?: unknown
  readonly onSnapshot?: unknown
}

/**
 * The machine in which delays and invoked actors are events, for those that actions stand for.
 *
 * @throws CheckerError CHK002, CHK011, CHK013
 */
export function insideOf(
  kind: string,
  machine: AnyStateMachine,
  outside: readonly Outside[],
): Inside {
  const delays = new Set<string>()
  const names = new Map<string, { readonly type: string; readonly actorId?: string }>()
  const replaced = new Set<Invoked>()
  for (const one of outside) {
    const node = nodeOf(kind, machine, one.state)
    if ('after' in one) {
      const found = node.after.find(({ delay }) => String(delay) === one.after)
      if (found === undefined)
        throw new CheckerError(
          'CHK011',
          `${whereOf(kind, one.state)} has no delayed transition after ${one.after}`,
        )
      delays.add(found.eventType)
      names.set(elapsed(one.state, one.after).type, { type: found.eventType })
      continue
    }
    const invoked = actorOf(kind, node, one.invoke)
    replaced.add(invoked)
    const ways = [
      ['done', one.done, invoked.onDone],
      ['error', one.error, invoked.onError],
    ] as const
    for (const [how, happens, heard] of ways) {
      if (happens && heard === undefined)
        throw new CheckerError(
          'CHK013',
          `${whereOf(kind, one.state)} does not hear of ${how} of the actor '${invoked.id}'; leave ${how} empty`,
        )
      const type = `xstate.${how}.actor.${invoked.id}`
      names.set(settled(one.state, one.invoke, how, null).type, { type, actorId: invoked.id })
    }
  }
  return {
    machine: replaced.size === 0 ? machine : without(machine, replaced),
    event: (sent) => {
      const name = names.get(sent.type)
      return name === undefined ? sent : { ...sent, ...name }
    },
    delays,
  }
}

const whereOf = (kind: string, state: string | null) => (state === null ? kind : `${kind}.${state}`)

function nodeOf(kind: string, machine: AnyStateMachine, state: string | null): AnyStateNode {
  const path = state?.split('.') ?? []
  for (const node of stateNodes(machine.root as AnyStateNode))
    if (node.path.join('.') === path.join('.')) return node
  throw new CheckerError('CHK011', `${kind} has no state '${state}'`)
}

function actorOf(kind: string, node: AnyStateNode, id: string | null): Invoked {
  const all = node.invoke as readonly Invoked[]
  const where = whereOf(kind, node.path.join('.') || null)
  const found = all.filter((one) => id === null || one.id === id)
  if (found.length === 0)
    throw new CheckerError('CHK011', `${where} invokes no actor${id === null ? '' : ` '${id}'`}`)
  if (found.length > 1)
    throw new CheckerError(
      'CHK013',
      `${where} invokes several actors; name one by its id (${all.map((one) => one.id).join(', ')})`,
    )
  if (found[0].onSnapshot !== undefined)
    throw new CheckerError(
      'CHK002',
      `${where} hears snapshots of the actor '${found[0].id}'; let it hear of its end alone`,
    )
  return found[0]
}

/** The machine with the transitions of invoked actors, and without the actors. */
function without(machine: AnyStateMachine, replaced: ReadonlySet<Invoked>): AnyStateMachine {
  type Config = { readonly [key: string]: unknown }
  const strip = (config: Config, node: AnyStateNode): Config => {
    const all = node.invoke as readonly Invoked[]
    const given = [config['invoke'] ?? []].flat() as readonly unknown[]
    const on = all.flatMap((one): [string, unknown][] =>
      replaced.has(one)
        ? [
            [`xstate.done.actor.${one.id}`, one.onDone],
            [`xstate.error.actor.${one.id}`, one.onError],
          ]
        : [],
    )
    const states = Object.entries((config['states'] ?? {}) as { readonly [name: string]: Config })
    return {
      ...config,
      invoke: given.filter((_, i) => !replaced.has(all[i])),
      on: {
        ...(config['on'] as object | undefined),
        ...Object.fromEntries(on.filter(([, transitions]) => transitions !== undefined)),
      },
      ...(states.length === 0
        ? {}
        : {
            states: Object.fromEntries(
              states.map(([name, inner]) => [name, strip(inner, node.states[name])]),
            ),
          }),
    }
  }
  return createMachine(
    strip(machine.config as Config, machine.root as AnyStateNode) as never,
    machine.implementations as never,
  ) as unknown as AnyStateMachine
}
