import type { Action, ActionOptions, Body, Step, Stepwise } from './action.ts'
import type { Constant, Each, Free, OneOf, Params } from './params.ts'
import { blocked, goto, ok, type Done, type Result, type Goto, type Wait } from './outcome.ts'
import { stepsOf, type LoosePath } from './path.ts'
import type { Framed, Go, Next, Nothing, Path, PathEnd, Starts, Steps } from './path-types.ts'
import type { Always, Assume, Cover, PropertyText, StepArgs, StepProperty } from './property.ts'
import type { PlainEvent } from './machine.ts'
import { elapsed, ended, type Ends, type Outside } from './outside.ts'
import type { AnyOf, Handle, KindName, KindsOf, StateOf, View, Weak } from './types.ts'
import { assertAfter, assertBody, assertInvoke } from './validate/actions.ts'
import { assertOutcome } from './validate/names.ts'

/**
 * The vocabulary in which actions and properties of one set of kinds are written; made by {@link
 * model}.
 */
export interface Model<K, E extends string> {
  /** A parameter that ranges over all instances of one kind or several, dead ones too. */
  each<N extends KindName<K>>(...kinds: N[]): Each<N>
  /** A parameter that takes one representative free slot. */
  free<N extends KindName<K>>(kind: N): Free<N>
  /** A parameter that is one of the constants. */
  oneOf<T extends Constant>(...values: T[]): OneOf<T>
  /**
   * A call by a thread: where the scope has callers, it needs an idle one and runs in its steps.
   */
  ioctl<
    P extends Params,
    F extends string = never,
    L extends object = Record<never, never>,
    S extends object = object,
  >(
    name: string,
    params: P,
    body: Body<K, P, F, E> | Stepwise<K, P, F, L, E> | Framed<K, P, S, F, E>,
    options?: ActionOptions,
  ): Action<P>
  /**
   * A path that others call, where they have a label for it ({@link Calls}), or in a single go by
   * `call.now`. `F`: the frames of its labels; `R`: what it gives; `Fl`: where it fails.
   */
  path<F extends object, R extends object = Nothing, Fl extends string = never>(): PathMaker<
    K,
    F,
    R,
    Fl
  >
  /**
   * Something that happens in one go and needs no caller: hardware, another context, the
   * environment.
   */
  action<P extends Params, F extends string = never>(
    name: string,
    params: P,
    body: Body<K, P, F, E> | { readonly fails?: readonly F[]; readonly run: Body<K, P, F, E> },
    options?: ActionOptions,
  ): Action<P>
  /**
   * A delayed transition (`after`) of a kind's machine, as something that may happen at any time
   * while its state is active, and again where that stays so: whatever the delay, nothing is missed.
   *
   * @param state - the state that has the transition, by its dotted path; null for the machine
   * @param delay - the delay, as `after` has it: milliseconds or a name
   */
  after<N extends KindName<K>>(
    name: string,
    kind: N,
    state: StateOf<K[N]> | null,
    delay: number | string,
    options?: ActionOptions,
  ): Action<{ readonly [P in N]: Each<N> }>
  /**
   * The end of an actor that a kind's machine invokes, as something that may happen at any time
   * while its state is active: `onDone` with one of the outputs, or `onError` with one of the
   * errors. The actor itself does not run.
   *
   * @param state - the state that invokes it, by its dotted path; null for the machine
   * @param ends - what it can come to; `id` where the state invokes several
   */
  invoke<N extends KindName<K>>(
    name: string,
    kind: N,
    state: StateOf<K[N]> | null,
    ends: Ends,
    options?: ActionOptions,
  ): Action<{ readonly [P in N]: Each<N> }>
  /**
   * One step of an {@link Model.ioctl}'s path: what the call does before another thread is let in.
   */
  step<P extends Params, F extends string, L extends object>(
    name: string,
    run: Step<K, P, F, L, E>['run'],
  ): Step<K, P, F, L, E>
  /** Ends the call with an error code; what was sent stays sent. */
  errno(code: E): Done<E>
  /** Ends the call with success. */
  ok(): Done<never>
  /** The action is not enabled, or the step sleeps. */
  blocked(): Wait
  /** The path goes on at another step. */
  goto(step: string): Goto
  /** A handle to be stored as a `WeakRef`. */
  weakRef<H extends Handle<K, KindName<K>>>(handle: H): Weak<H>
  /** What a table with an entry for each kind has for the kind of this component. */
  byKind<N extends KindName<K>, A extends readonly unknown[], R>(
    one: AnyOf<K, N>,
    table: { readonly [M in N]: (one: Handle<K, M>, ...rest: A) => R },
    ...rest: A
  ): R
  /** Holds in every reachable state. */
  always(id: string, text: PropertyText & { readonly holds: (view: View<K>) => boolean }): Always<K>
  /** Holds of every call: before, arguments, outcome, after; calls that were refused included. */
  stepProperty<P extends Params = Params>(
    id: string,
    text: PropertyText & {
      /** The actions it speaks of; all when left out. */
      readonly on?: readonly Action<P>[]
      /** Stated over whole calls: looked at only where the scope has no interleaving callers. */
      readonly whole?: boolean
      /** It speaks only of calls that end so. */
      readonly outcome?: 'ok' | 'step' | NoInfer<E>
      readonly holds: (call: StepArgs<K, P>) => boolean
    },
  ): StepProperty<K>
  /** Must be reachable: a state (`holds`), or a call (`happens`). */
  cover<P extends Params = Params>(
    id: string,
    text: PropertyText &
      (
        | { readonly holds: (view: View<K>) => boolean }
        | {
            readonly on?: readonly Action<P>[]
            readonly whole?: boolean
            readonly outcome?: 'ok' | 'step' | NoInfer<E>
            readonly happens: (call: StepArgs<K, P>) => boolean
          }
      ),
  ): Cover<K>
  /** States in which it does not hold are left out of the exploration. */
  assume(id: string, text: PropertyText & { readonly holds: (view: View<K>) => boolean }): Assume<K>
}

/** Makes a path of where it starts, and of its steps. */
export interface PathMaker<K, F extends object, R extends object, Fl extends string> {
  /** It starts at a step, whose frame it is called with. */
  <S extends Starts<F>>(
    start: S,
    steps: Steps<K, F, unknown, Fl, PathEnd<R>>,
  ): F[S] extends object ? Path<F[S], R, Fl, F> : never
  /** It starts where a function of its arguments says. */
  <A extends object>(
    start: (args: A, go: Go<F>) => Next,
    steps: Steps<K, F, unknown, Fl, PathEnd<R>>,
  ): Path<A, R, Fl, F>
}

const makePath = (start: string | LoosePath['begin'], steps: LoosePath['steps']): LoosePath =>
  Object.freeze({
    begin: typeof start === 'string' ? (kept: object) => ({ next: start, kept }) : start,
    steps,
  })

interface LooseFramed {
  readonly fails?: readonly string[]
  readonly when?: (sys: object) => boolean
  readonly start: string
  readonly steps: LoosePath['steps']
}

/** A path with frames as steps with locals. */
function framed({ fails, when, start, steps }: LooseFramed) {
  const [first, ...rest] = stepsOf(steps, start)
  const begin: typeof first.run = (args, sys, call) =>
    when === undefined || when(sys) ? first.run(args, sys, call) : blocked()
  return {
    ...(fails === undefined ? {} : { fails }),
    steps: [{ ...first, run: begin }, ...rest],
  } as never
}

/** A handle wrapped by `weakRef`; engines look for it in event payloads. */
export class WeakMark {
  readonly weak: unknown
  constructor(weak: unknown) {
    this.weak = weak
    Object.freeze(this)
  }
}

/**
 * The vocabulary for kinds `K` (an interface of machine types) and error codes `E`.
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
 * const { action, always, cover, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const dark = always('dark', { says: 'A lamp is off.', holds: ({ lamp }) => lamp.some((l) => l.in('off')) })
 * const bright = cover('bright', { says: 'All lamps can be on.', holds: ({ lamp }) => lamp.every((l) => l.in('on')) })
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press], properties: [dark, bright] })
 * for (const p of (await check(lamps)).properties) console.log(p.id, p.verdict)
 * // → accepted proved
 * // → dark violated
 * // → bright covered
 * ```
 */
export function model<K extends KindsOf<K>, E extends string = string>(): Model<K, E> {
  const path = (body: unknown): Stepwise<K, Params, string, object, E> =>
    typeof body === 'function'
      ? { run: body as Body<K, Params, string, E> }
      : 'frames' in (body as object)
        ? framed(body as LooseFramed)
        : (body as Stepwise<K, Params, string, object, E>)
  const build = (
    name: string,
    params: Params,
    body: unknown,
    threaded: boolean,
    options?: ActionOptions,
  ): Action<never> => {
    assertBody(name, body, options, threaded)
    const { run, steps, fails = [], locals = {} } = path(body)
    const list = steps ?? [{ name, run: run as unknown as (...args: never[]) => Result<E> }]
    return Object.freeze({
      name,
      params,
      steps: list,
      fails,
      locals,
      threaded,
      stepwise: steps !== undefined,
      ...options,
    }) as unknown as Action<never>
  }
  /** An action of one component, by which something happens to it from outside. */
  const happening = (
    name: string,
    outside: Outside,
    ends: ReadonlyMap<string, PlainEvent>,
    options?: ActionOptions,
  ): Action<never> => {
    const { kind, state } = outside
    const run = (args: { readonly [name: string]: unknown }) => {
      const one = args[kind] as { in(state: string): boolean; send(event: PlainEvent): void }
      if (state !== null && !one.in(state)) return blocked()
      return one.send(ends.get(args['result'] as string) as PlainEvent)
    }
    const choice = { result: { oneOf: [...ends.keys()] } }
    const params = { [kind]: { each: [kind] }, ...('invoke' in outside ? choice : {}) }
    const made = build(name, params, run, false, options)
    return Object.freeze({ ...made, outside })
  }
  return {
    after: (name, kind, state, delay, options) => {
      assertAfter(name, kind, state, delay)
      const outside = { kind, state, after: String(delay) }
      const event = elapsed(state, outside.after)
      return happening(name, outside, new Map([[undefined as never, event]]), options)
    },
    invoke: (name, kind, state, ends, options) => {
      assertInvoke(name, kind, state, ends)
      const { outside, events } = ended(kind, state, ends)
      return happening(name, outside, events, options)
    },
    each: (...kinds) => ({ each: kinds }),
    free: (kind) => ({ free: kind }),
    oneOf: (...values) => ({ oneOf: values }),
    ioctl: (name, params, body, options) => build(name, params, body, true, options),
    action: (name, params, body, options) => build(name, params, body, false, options),
    step: (name, run) => ({ name, run }),
    path: () => makePath as never,
    errno: (code) => {
      assertOutcome('errno', code)
      return { done: code }
    },
    ok,
    blocked,
    goto,
    weakRef: (handle) => new WeakMark(handle) as unknown as Weak<typeof handle>,
    byKind: (one, table, ...rest) => table[one.kind](one as never, ...rest),
    always: (id, text) => Object.freeze({ kind: 'always', id, ...text }),
    stepProperty: (id, text) =>
      Object.freeze({ kind: 'step', id, ...text }) as unknown as StepProperty<K>,
    cover: (id, text) => Object.freeze({ kind: 'cover', id, ...text }) as unknown as Cover<K>,
    assume: (id, text) => Object.freeze({ kind: 'assume', id, ...text }),
  }
}
