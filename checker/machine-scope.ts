import {
  transition,
  type ActorScope,
  type AnyActorLogic,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate'
import type { RefusalMeta } from './lifecycle.ts'

/** What XState hands to whoever steps a machine. */
export type StepScope = ActorScope<AnyMachineSnapshot, { type: string }>

/** A transition of a machine, as XState keeps it. */
export interface Transition {
  readonly meta?: RefusalMeta
  readonly eventType: string
  readonly source: {
    readonly path: readonly string[]
    readonly machine: { readonly id: string }
    readonly transitions: ReadonlyMap<string, readonly unknown[]>
    readonly always?: readonly unknown[]
  }
}

/** One of the small steps that follow an event until the machine is at rest. */
export interface Microstep {
  /** The event, or the raised one, that it is taken for. */
  readonly event: { readonly type: string }
  readonly snapshot: AnyMachineSnapshot
  readonly transitions: readonly Transition[]
}

/** Something that XState would execute: whatever is done besides assigning. */
export interface Executed {
  readonly type: string
  readonly params: unknown
}

/** Who hears of what happens within a step; either may throw, which ends the step. */
export interface Heard {
  microstep(step: Microstep): void
  execute(action: Executed): void
}

/**
 * The scope in which a machine is stepped purely. `transition()` makes one for every call, at
 * several times the cost of the step itself: one is caught and shared.
 */
export function scopeOf(machine: AnyStateMachine, heard: Heard): StepScope {
  let caught: unknown
  const spy = {
    config: machine.config,
    transition: (snapshot: unknown, _event: unknown, scope: unknown) => (
      (caught = scope),
      snapshot
    ),
  }
  transition(spy as unknown as AnyActorLogic, {} as never, { type: '' } as never)
  const scope = caught as StepScope
  const inspect = (told: {
    readonly type: string
    readonly event: { readonly type: string }
    readonly snapshot: AnyMachineSnapshot
    readonly _transitions?: readonly Transition[]
  }) => {
    if (told.type !== '@xstate.microstep') return
    const { event, snapshot, _transitions: transitions = [] } = told
    heard.microstep({ event, snapshot, transitions })
  }
  return {
    ...scope,
    system: { ...scope.system, _sendInspectionEvent: inspect } as unknown as StepScope['system'],
    actionExecutor: (action) => heard.execute(action),
  }
}

/**
 * A transition's name: its path, `viommu.live.destroy[1]`; the number counts the transitions of
 * that event in that state.
 */
export function nameOf(t: Transition): string {
  const { machine, path, transitions, always = [] } = t.source
  const list = t.eventType === '' ? always : (transitions.get(t.eventType) ?? [])
  const index = Math.max(0, list.indexOf(t))
  return `${[machine.id, ...path].join('.')}.${t.eventType === '' ? 'always' : t.eventType}[${index}]`
}
