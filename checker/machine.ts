import {
  transition,
  type ActorScope,
  type AnyActorLogic,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type StateValue,
} from 'xstate'
import { CheckerError } from './errors.ts'
import { assertJson, stableText, type Json } from './json.ts'
import { checkMachine, stateNodes } from './machine-rules.ts'
import type { RefusalMeta } from './lifecycle.ts'

/** A machine's local state as plain data. */
export type Local = {
  /** The state: a name, or an object for nested and parallel states. */
  readonly value: Json
  /** The context, references as text (`viommu[1]`). */
  readonly context: { readonly [field: string]: Json }
  /** Whether the machine has come to a final state. */
  readonly status: 'active' | 'done'
}

/** An event as plain data, references as text. */
export interface PlainEvent {
  readonly type: string
  readonly [field: string]: Json
}

/** What an event does to a local state. */
export type Stepped =
  | { readonly kind: 'taken'; readonly next: Local; readonly by: readonly string[] }
  | { readonly kind: 'refused'; readonly code: string; readonly by: readonly string[] }
  | { readonly kind: 'blocks'; readonly by: readonly string[] }
  | { readonly kind: 'unaccepted' }

type Scope = ActorScope<AnyMachineSnapshot, { type: string }>

/**
 * `transition()` makes an actor scope for every call, at several times the cost of the step itself:
 * one is caught and shared.
 */
function catchScope(machine: AnyStateMachine): Scope {
  let caught: unknown
  const spy = {
    config: machine.config,
    transition: (snapshot: unknown, _event: unknown, scope: unknown) => (
      (caught = scope),
      snapshot
    ),
  }
  transition(spy as unknown as AnyActorLogic, {} as never, { type: '' } as never)
  return caught as Scope
}

/** One XState machine, stepped purely: local state and event in, local state or refusal out. */
export class Machine {
  readonly kind: string
  readonly logic: AnyStateMachine
  /** How many states the machine has that have no states within. */
  readonly stateCount: number
  readonly #scope: Scope
  /** How often a step was computed by XState. */
  steps = 0

  constructor(kind: string, logic: AnyStateMachine) {
    checkMachine(kind, logic)
    this.kind = kind
    this.logic = logic
    this.stateCount = [...stateNodes(logic.root as never)].filter(
      (node) => node.type === 'atomic' || node.type === 'final',
    ).length
    this.#scope = catchScope(logic)
  }

  /** The local state in which a component starts. */
  initial(input: unknown): Local {
    return this.#local(this.logic.getInitialSnapshot(this.#scope as never, input as never))
  }

  /** Whether `local` is in the state of the dotted path. */
  matches(local: Local, path: string): boolean {
    let value: Json = local.value
    const parts = path.split('.')
    for (const [i, part] of parts.entries()) {
      if (typeof value === 'string') return value === part && i === parts.length - 1
      if (value === null || typeof value !== 'object' || !(part in value)) return false
      value = (value as Record<string, Json>)[part]
    }
    return true
  }

  /** Whether the machine has a state of that dotted path. */
  has(path: string): boolean {
    let node = this.logic.root as unknown as { states: Record<string, typeof node> }
    for (const part of path.split('.')) {
      if (!(part in node.states)) return false
      node = node.states[part]
    }
    return true
  }

  /** Steps the machine. Throws a CheckerError for what cannot be treated exactly. */
  step(local: Local, event: PlainEvent): Stepped {
    this.steps++
    const value = inOrder(local.value, this.logic.root as never)
    const snapshot = this.logic.resolveState({ ...local, value } as {
      value: StateValue
      context: object
    }) as AnyMachineSnapshot
    const where = `${this.kind}, event ${event.type} in ${stableText(local.value)}`
    let chosen: readonly TransitionLike[]
    let next: AnyMachineSnapshot
    try {
      chosen =
        local.status === 'active'
          ? (this.logic.getTransitionData(
              snapshot as never,
              event,
            ) as unknown as readonly TransitionLike[])
          : []
      if (chosen.length === 0) return { kind: 'unaccepted' }
      const by = chosen.map(nameOf)
      const refusal = chosen.find((t) => t.meta?.refuse !== undefined || t.meta?.blocks === true)
      if (refusal !== undefined) {
        if (chosen.length > 1)
          throw new CheckerError(
            'CHK004',
            `${where}: ${by.join(' and ')}; a refusal must be the only transition enabled`,
          )
        const meta = refusal.meta as RefusalMeta
        return meta.refuse !== undefined
          ? { kind: 'refused', code: meta.refuse, by }
          : { kind: 'blocks', by }
      }
      next = this.logic.transition(
        snapshot as never,
        event,
        this.#scope as never,
      ) as AnyMachineSnapshot
      return { kind: 'taken', next: this.#local(next), by }
    } catch (error) {
      if (error instanceof CheckerError) throw error
      const text = error instanceof Error ? error.message : String(error)
      throw new CheckerError(/guard/i.test(text) ? 'CHK014' : 'CHK008', `${where}: ${text}`)
    }
  }

  #local(snapshot: AnyMachineSnapshot): Local {
    const context: unknown = snapshot.context
    assertJson(context, `${this.kind}: context`)
    if (Object.keys(snapshot.children).length > 0)
      throw new CheckerError(
        'CHK002',
        `${this.kind} spawned an actor; components are declared by the scope`,
      )
    if (snapshot.status === 'error')
      throw new CheckerError('CHK008', `${this.kind}: ${String(snapshot.error)}`)
    return {
      value: snapshot.value as Json,
      context: context as Local['context'],
      status: snapshot.status === 'done' ? 'done' : 'active',
    }
  }
}

interface NodeLike {
  readonly states: { readonly [name: string]: NodeLike }
}

/**
 * The state value with the regions in the machine's own order: XState takes them, and runs their
 * actions, in the order of the keys.
 */
function inOrder(value: Json, { states }: NodeLike): Json {
  if (value === null || typeof value !== 'object') return value
  const within = value as { readonly [name: string]: Json }
  return Object.fromEntries(
    Object.keys(states)
      .filter((name) => name in within)
      .map((name) => [name, inOrder(within[name], states[name])]),
  )
}

interface TransitionLike {
  readonly meta?: RefusalMeta
  readonly eventType: string
  readonly source: {
    readonly path: readonly string[]
    readonly machine: { readonly id: string }
    readonly transitions: ReadonlyMap<string, readonly unknown[]>
  }
}

/**
 * A transition's name: its path, `viommu.live.destroy[1]`; the number counts the transitions of
 * that event in that state.
 */
function nameOf(t: TransitionLike): string {
  const index = t.source.transitions.get(t.eventType)?.indexOf(t) ?? 0
  return `${[t.source.machine.id, ...t.source.path].join('.')}.${t.eventType}[${index}]`
}
