import type { AnyStateMachine, ContextFrom, EventFrom, InputFrom, StateValueFrom } from 'xstate'
import type { Ref, WeakRef } from './lifecycle.ts'

declare const valueSet: unique symbol
/**
 * A kind without a machine: a set of interchangeable values (virtual ids, PASIDs), told apart by
 * `===` alone.
 */
export interface ValueSet {
  /** @internal */
  readonly [valueSet]: true
}

/** What an interface of kinds must look like: each member a machine type or a {@link ValueSet}. */
export type KindsOf<K> = { readonly [N in keyof K]: AnyStateMachine | ValueSet }

/** The name of a kind. */
export type KindName<K> = keyof K & string

type Paths<V> = V extends string
  ? V
  : V extends object
    ? { [P in keyof V & string]: P | `${P}.${Paths<NonNullable<V[P]>>}` }[keyof V & string]
    : never
/** The states of a machine, nested ones as dotted paths. */
export type StateOf<M> = M extends AnyStateMachine ? Paths<StateValueFrom<M>> : never

/** A context (or a part of it) as a view shows it: every reference is a handle. */
export type Seen<K, T> =
  T extends Ref<infer N>
    ? N extends KindName<K>
      ? Handle<K, N>
      : never
    : T extends WeakRef<infer N>
      ? N extends KindName<K>
        ? Handle<K, N>
        : never
      : T extends readonly (infer U)[]
        ? readonly Seen<K, U>[]
        : T extends object
          ? { readonly [P in keyof T]: Seen<K, T[P]> }
          : T

/** A reference to be stored without holding its target; see `weakRef`. */
export interface Weak<H> {
  /** The target. */
  readonly weak: H
}

/** An event (or a part of it) as it is sent: every reference is given as a handle. */
export type Sent<K, T> =
  T extends Ref<infer N>
    ? N extends KindName<K>
      ? Handle<K, N>
      : never
    : T extends WeakRef<infer N>
      ? N extends KindName<K>
        ? Weak<Handle<K, N>>
        : never
      : T extends readonly (infer U)[]
        ? readonly Sent<K, U>[]
        : T extends object
          ? { readonly [P in keyof T]: Sent<K, T[P]> }
          : T

/**
 * One component or value, as user code sees it. Handles of the same component are `===` within a
 * view. A handle is dead after the call that it was given to; using it then is an error (CHK012).
 */
export type Handle<K, N extends KindName<K>> = K[N] extends AnyStateMachine
  ? ComponentHandle<K, N>
  : ValueHandle<N>

/** An element of a {@link ValueSet}. */
export interface ValueHandle<N extends string> {
  /** The name of its kind. */
  readonly kind: N
}

/** One instance of a machine. */
export interface ComponentHandle<K, N extends KindName<K>> {
  /** The name of its kind. */
  readonly kind: N
  /** Whether the component is in `state` (a nested state is named by its dotted path). */
  in(state: StateOf<K[N]>): boolean
  /** The component's context, references replaced by handles. */
  readonly context: K[N] extends AnyStateMachine ? Seen<K, ContextFrom<K[N]>> : never
  /** Sends an event. A refusal ends the action with that outcome; what was sent before stays. */
  send(event: K[N] extends AnyStateMachine ? Sent<K, EventFrom<K[N]>> : never): void
  /** Sends an event; returns the code of a refusal, or null where the event was taken. */
  try(event: K[N] extends AnyStateMachine ? Sent<K, EventFrom<K[N]>> : never): string | null
}

/**
 * All components of a kind. The functions given to a quantifier must look at nothing but their
 * argument and handles from outside.
 *
 * @example
 * ```ts
 * import { check, model, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, always, blocked, each } = model<Kinds>()
 * const press = action('press', { one: each('lamp') }, ({ one }, { lamp }) =>
 *   lamp.some((other) => other !== one && other.in('on')) ? blocked() : one.send({ type: 'press' }),
 * )
 * const few = always('few', { says: 'At most one lamp is on.', holds: ({ lamp }) => lamp.count((l) => l.in('on')) <= 1 })
 * const report = await check(system<Kinds>({ kinds: { lamp: { machine: lamp, count: 5 } }, actions: [press], properties: [few] }))
 * console.log(report.states, report.properties.at(-1)?.verdict) // → 6 proved
 * ```
 */
export interface Collection<K, N extends KindName<K>> extends Quantifiers<Handle<K, N>> {
  /** The one component of a kind that has exactly one in this scope (else CHK012). */
  readonly only: Handle<K, N>
  /** The component that belongs to `owners`, for a kind declared `per` their kinds. */
  of(...owners: Handle<K, KindName<K>>[]): Handle<K, N>
  /**
   * Whether the scope has any component of this kind (a driver without a stream table has no STE).
   */
  readonly exists: boolean
}

/**
 * What can be asked of several components. There is no first one and no order: a component is found
 * by what it is, never by its number.
 */
export interface Quantifiers<H> {
  /** Whether it holds of all of them; true where there are none. */
  every(holds: (one: H) => boolean): boolean
  /** Whether it holds of at least one. */
  some(holds: (one: H) => boolean): boolean
  /** Of how many it holds; how many there are, without a function. */
  count(holds?: (one: H) => boolean): number
  /** The sum of whole numbers; 0 where there are none. */
  sum(of: (one: H) => number): number
  /** The greatest number; -Infinity where there are none. */
  max(of: (one: H) => number): number
  /** The least number; Infinity where there are none. */
  min(of: (one: H) => number): number
  /** Whether each has another: a number, text, truth value, null, or handle. */
  distinct(of: (one: H) => number | string | boolean | object | null): boolean
  /** The one of which it holds, null where there is none; several are an error (CHK012). */
  find(holds: (one: H) => boolean): H | null
  /** Those of which it holds. Of each it is asked when its turn comes. */
  filter(holds: (one: H) => boolean): Quantifiers<H>
  /**
   * Runs `act` on each, which returns nothing; the order must not matter, and that is checked
   * (CHK010). Not in properties.
   */
  forEach(act: (one: H) => void): void
}

/** The system as user code sees it: a collection for each kind. */
export type View<K> = { readonly [N in KindName<K>]: Collection<K, N> }

/** How many components a kind with a machine has, and how they start. */
export interface MachineScope<K, N extends KindName<K>> {
  /** The machine, of the type that the kinds declare. */
  readonly machine: K[N]
  /** Number of components, 0 or more; left out where `per` gives it. */
  readonly count?: number
  /**
   * One component for each (combination of) component(s) of the named kind(s), which are declared
   * before.
   */
  readonly per?: KindName<K> | readonly KindName<K>[]
  /** The machine's input for slot `i`; `ref` makes a reference to a slot of another kind. */
  readonly input?: (
    i: number,
    ref: <R extends KindName<K>>(kind: R, slot: number) => Ref<R>,
  ) => K[N] extends AnyStateMachine ? InputFrom<K[N]> : never
  /**
   * Several inputs for slot `i`, in place of one: the system starts in every combination, and a
   * trace says in its first step, `init`, which input each component had (0 is the first). A slot
   * that some action takes as `free` is free in all of them.
   */
  readonly inputs?: (
    i: number,
    ref: <R extends KindName<K>>(kind: R, slot: number) => Ref<R>,
  ) => readonly (K[N] extends AnyStateMachine ? InputFrom<K[N]> : never)[]
  /**
   * Interchangeable: states that differ only in the numbering of these components are stored once.
   */
  readonly symmetric?: boolean
  /**
   * Actions of the machine that are passed over: what is logged, and what is emitted to others, is
   * no state. Refused when left out (CHK003).
   */
  readonly ignores?: readonly ('log' | 'emit')[]
  /**
   * `ignore`: an event that no transition takes is passed over, as XState does. When left out it
   * violates the built-in property `accepted`. For one event in one state, see {@link ignore}.
   */
  readonly unhandled?: 'ignore'
}

/** How many values a {@link ValueSet} has. */
export interface ValueScope {
  /** Number of values, 0 or more. */
  readonly values: number
  /** Interchangeable, as for components. */
  readonly symmetric?: boolean
}

/** How many components or values a kind has, and how they start. */
export type KindScope<K, N extends KindName<K>> = K[N] extends AnyStateMachine
  ? MachineScope<K, N>
  : ValueScope

/** The kinds of a scope; one that is left out cannot be looked at. */
export type KindScopes<K> = { readonly [N in KindName<K>]?: KindScope<K, N> }
