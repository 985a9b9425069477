import {
  assign,
  setup,
  type ActionFunction,
  type EventObject,
  type MetaObject,
  type NonReducibleUnknown,
  type ParameterizedObject,
  type ProvidedActor,
  type StateMachine,
} from 'xstate'
import type { Refusal } from '../checker/lifecycle.ts'
import type { Fields, Given, Kept, Slot } from './fields.ts'
import {
  born,
  free,
  live,
  none,
  objectActions,
  objectFields,
  objectGuards,
  objectStates,
  removing,
  reserved,
  type ObjectContext,
  type ObjectEvent,
} from './object-life.ts'
import { waitedGuards, waitedLive, type WaitedEvent } from './waited-life.ts'

/** The states of every object. */
type ObjectState = keyof typeof objectStates

/** Changes fields of the context, as XState's `assign` does. */
type Assign<C extends ObjectContext, E extends EventObject> = ActionFunction<
  C,
  E,
  E,
  undefined,
  ProvidedActor,
  never,
  never,
  never,
  never
>
/** What an event does in a state: refused, or taken with words and the kernel's function. */
type Transition<C extends ObjectContext, E extends EventObject> =
  | Refusal
  | {
      readonly target?: ObjectState
      readonly guard?: string
      readonly actions?: string | Assign<C, E>
      readonly description: string
      readonly meta: { readonly kernel: string }
    }
type Transitions<C extends ObjectContext, E extends EventObject> = {
  readonly [T in E['type']]?:
    Transition<C, Extract<E, { type: T }>> | readonly Transition<C, Extract<E, { type: T }>>[]
}

/** What an object of a kind is, and what of its life is its own. */
interface Own<F extends Fields, E extends EventObject> {
  /** What it is, in a sentence. */
  readonly is: string
  /** The kernel's type. */
  readonly kernel: string
  /** The constant of the uAPI, or of the kernel, for objects of the kind. */
  readonly uapi: string
  /** What it keeps beside its counts. */
  readonly keeps: F
  /** The event that makes it: what that does, and the kernel's function. */
  readonly alloc: { readonly kernel: string; readonly says: string }
  /** Its counts in words, where they count something of its own. */
  readonly counts?: Partial<typeof objectFields>
  /** Its states in words, where they mean something of its own. */
  readonly states?: Partial<typeof objectStates>
  /** The events that it has beside those of all objects, as a type: `{} as MyEvent`. */
  readonly events?: E
  readonly guards?: {
    readonly [name: string]: (of: { readonly context: ObjectContext & Kept<NoInfer<F>> }) => boolean
  }
  readonly actions?: {
    readonly [name: string]: Assign<ObjectContext & Kept<NoInfer<F>>, E>
  }
  /** Its transitions, by state and event; one of all objects is replaced by one of the same name. */
  readonly on?: {
    readonly [S in ObjectState]?: Transitions<ObjectContext & Kept<NoInfer<F>>, WaitedEvent | E>
  }
}

/** The type of an object's machine: what it keeps, and the events that it takes. */
export type ObjectMachine<
  C extends ObjectContext,
  E extends EventObject,
  I = undefined,
> = StateMachine<
  C,
  E,
  Record<string, never>,
  never,
  ParameterizedObject,
  ParameterizedObject,
  string,
  ObjectState,
  string,
  I,
  NonReducibleUnknown,
  EventObject,
  MetaObject,
  object & { id: string }
>

/** Guards and events of a live object: of any, or of one that the kernel itself waits for. */
interface Life {
  readonly guards: object
  readonly live: object
}

/** The machine of an object, put together of what all of them have and what is its own. */
function machineOf(
  id: string,
  about: Own<Fields, EventObject>,
  { guards, live: alive }: Life,
): unknown {
  const { keeps, alloc, on = {}, states = {} } = about
  const fields = Object.entries(keeps)
  const words = Object.fromEntries(fields.map(([name, { says }]) => [name, says]))
  const fresh = Object.fromEntries(
    fields.flatMap(([name, { by, initial }]) => (by === 'scope' ? [] : [[name, initial]])),
  )
  const given = Object.fromEntries(
    fields.flatMap(([name, { by }]) =>
      by === 'alloc'
        ? [[name, ({ event }: { event: Record<string, unknown> }) => event[name]]]
        : [],
    ),
  )
  const slot = (input: Record<string, unknown>) =>
    Object.fromEntries(
      fields.map(([name, { by, initial }]) => [name, by === 'scope' ? input[name] : initial]),
    )
  const says = { ...objectStates, ...states }
  const made = {
    target: 'reserved',
    actions: assign({ ...born, ...given } as never),
    description: alloc.says,
    meta: { kernel: alloc.kernel },
  }
  return setup({
    types: { context: {} as ObjectContext, events: {} as ObjectEvent },
    guards: { ...guards, ...about.guards } as never,
    actions: {
      ...objectActions<ObjectContext, ObjectEvent>(),
      ...about.actions,
      forget: assign({ ...none, ...fresh }),
    } as never,
  }).createMachine({
    id,
    description: about.is,
    meta: {
      kernel: about.kernel,
      object: about.uapi,
      fields: { ...objectFields, ...about.counts, ...words },
    },
    initial: 'free',
    context: fields.some(([, { by }]) => by === 'scope')
      ? ({ input }: { input: never }) => ({ ...none, ...slot(input) })
      : { ...none, ...fresh },
    states: {
      free: { description: says.free, on: { ...free, alloc: made, ...on.free } },
      reserved: { description: says.reserved, on: { ...reserved, ...on.reserved } },
      live: { description: says.live, on: { ...alive, ...on.live } },
      removing: { description: says.removing, on: { ...removing, ...on.removing } },
    },
  } as never)
}

/**
 * The lifecycle of a kind of object: counts and states of all objects, and what is its own. An XState
 * machine, as every lifecycle is one.
 */
export const object = <F extends Fields, E extends EventObject = never>(
  id: string,
  about: Own<F, E>,
) =>
  machineOf(id, about as never, { guards: objectGuards, live }) as ObjectMachine<
    ObjectContext & Kept<F>,
    ObjectEvent | ({ type: 'alloc' } & Given<F>) | E,
    Slot<F>
  >

/** The same of an object that the kernel itself destroys, once no call holds it; `REMOVE_WAIT`. */
export const waitedObject = <F extends Fields, E extends EventObject = never>(
  id: string,
  about: Own<F, E>,
) =>
  machineOf(id, about as never, { guards: waitedGuards, live: waitedLive }) as ObjectMachine<
    ObjectContext & Kept<F>,
    WaitedEvent | ({ type: 'alloc' } & Given<F>) | E,
    Slot<F>
  >
