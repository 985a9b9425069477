import type { AnyMachineSnapshot, AnyStateMachine, StateValue } from 'xstate'
import { CheckerError } from './errors.ts'
import { assertJson, stableText, type Json } from './json.ts'
import type { RefusalMeta } from './lifecycle.ts'
import { mostMicrosteps, restless, thrown, undecided } from './machine-errors.ts'
import { stateNodes } from './machine-nodes.ts'
import { checkMachine, executable, type Tolerance } from './machine-rules.ts'
import {
  nameOf,
  scopeOf,
  type StepScope,
  type Microstep,
  type Transition,
} from './machine-scope.ts'
import { insideOf, type Inside, type Outside } from './outside.ts'

/** A machine's local state as plain data. */
export interface Local {
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

/** How a kind's machine is to be taken. */
export interface MachineOptions extends Tolerance {
  /** Events that no transition takes are passed over, as XState does; else they are not accepted. */
  readonly unhandled?: 'ignore'
  /** What stands for its delays and for the actors that it invokes. */
  readonly outside?: readonly Outside[]
}

/** One XState machine, stepped purely: local state and event in, local state or refusal out. */
export class Machine {
  readonly kind: string
  readonly logic: AnyStateMachine
  /** How many states the machine has that have no states within. */
  readonly stateCount: number
  readonly #scope: StepScope
  readonly #inside: Inside
  readonly #passesOver: boolean
  /** Snapshots of the local states that were stepped from: XState takes its time to resolve one. */
  readonly #resolved = new WeakMap<Local, AnyMachineSnapshot>()
  /** What the step under way is called, and what it has come to so far. */
  #where = ''
  #event: { readonly type: string } = { type: '' }
  #at: AnyMachineSnapshot | null = null
  #microsteps = 0
  /** The transitions that were taken for the event itself. */
  #first: string | null = null
  #by: string[] = []
  /** How often a step was computed by XState. */
  steps = 0

  constructor(kind: string, given: AnyStateMachine, options: MachineOptions = {}) {
    this.#inside = insideOf(kind, given, options.outside ?? [])
    const logic = this.#inside.machine
    checkMachine(kind, logic, options, this.#inside.delays)
    this.kind = kind
    this.logic = logic
    this.#passesOver = options.unhandled === 'ignore'
    this.stateCount = [...stateNodes(logic.root as never)].filter(
      (node) => node.type === 'atomic' || node.type === 'final',
    ).length
    this.#scope = scopeOf(logic, {
      microstep: (step) => this.#hear(step),
      execute: (action) => executable(this.#where, action, options, this.#inside.delays),
    })
  }

  /** The local state in which a component starts. */
  initial(input: unknown): Local {
    this.#begin(`${this.kind}, at its start`, { type: 'xstate.init' }, null)
    return this.#attempt(() =>
      this.#local(this.logic.getInitialSnapshot(this.#scope as never, input as never)),
    )
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
      if (!Object.hasOwn(node.states, part)) return false
      node = node.states[part]
    }
    return true
  }

  /** Steps the machine. Throws a CheckerError for what cannot be treated exactly. */
  step(local: Local, sent: PlainEvent): Stepped {
    this.steps++
    const event = this.#inside.event(sent)
    const snapshot = this.#snapshot(local)
    const where = `${this.kind}, event ${sent.type} in ${stableText(local.value)}`
    this.#begin(where, event, snapshot)
    return this.#attempt((): Stepped => {
      const chosen = local.status === 'active' ? this.#chosen(snapshot, event) : []
      // A delay that has passed, or an actor that has ended, where nobody waits for it.
      if (chosen.length === 0 && event !== sent) return { kind: 'blocks', by: [] }
      if (chosen.length === 0 && this.#passesOver) return { kind: 'taken', next: local, by: [] }
      if (chosen.length === 0) return { kind: 'unaccepted' }
      const refusal = chosen.find(isRefusal)
      if (refusal !== undefined) {
        const by = chosen.map(nameOf)
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
      const next = this.logic.transition(snapshot as never, event, this.#scope as never)
      if (this.#first !== chosen.map(nameOf).join()) throw undecided(this.kind, sent.type)
      return { kind: 'taken', next: this.#local(next as AnyMachineSnapshot), by: this.#by }
    })
  }

  #begin(where: string, event: { readonly type: string }, at: AnyMachineSnapshot | null): void {
    this.#where = where
    this.#event = event
    this.#at = at
    this.#microsteps = 0
    this.#first = null
    this.#by = []
  }

  #attempt<T>(run: () => T): T {
    try {
      return run()
    } catch (error) {
      throw thrown(this.#where, error, this.#at, this.#event)
    }
  }

  #chosen(snapshot: AnyMachineSnapshot, event: PlainEvent): readonly Transition[] {
    return this.logic.getTransitionData(snapshot as never, event) as unknown as Transition[]
  }

  #snapshot(local: Local): AnyMachineSnapshot {
    let snapshot = this.#resolved.get(local)
    if (snapshot === undefined) {
      const value = inOrder(local.value, this.logic.root as never) as StateValue
      const config = { ...local, value } as { value: StateValue; context: object }
      snapshot = this.logic.resolveState(config) as AnyMachineSnapshot
      this.#resolved.set(local, snapshot)
    }
    return snapshot
  }

  #hear({ event, snapshot, transitions }: Microstep): void {
    this.#at = snapshot
    this.#event = event
    const names = transitions.map(nameOf)
    this.#by.push(...names)
    this.#first ??= names.join()
    const refusal = transitions.find(isRefusal)
    if (refusal !== undefined)
      throw new CheckerError(
        'CHK004',
        `${this.#where}: ${nameOf(refusal)} refuses what the machine has raised itself; a refusal answers an event that is sent`,
      )
    if (++this.#microsteps > mostMicrosteps) throw restless(this.#where, this.#by.slice(-12))
  }

  #local(snapshot: AnyMachineSnapshot): Local {
    if (snapshot.status === 'error') throw snapshot.error
    const context: unknown = snapshot.context
    assertJson(context, `${this.kind}: context`)
    if (Object.keys(snapshot.children).length > 0)
      throw new CheckerError(
        'CHK002',
        `${this.kind} spawned an actor; components are declared by the scope`,
      )
    return {
      value: snapshot.value as Json,
      context: context as Local['context'],
      status: snapshot.status === 'done' ? 'done' : 'active',
    }
  }
}

const isRefusal = ({ meta }: Transition): boolean =>
  meta?.refuse !== undefined || meta?.blocks === true

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
