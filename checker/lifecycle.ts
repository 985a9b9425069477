/**
 * What a machine file needs of the checker: references, refusals and words; nothing of the engine.
 *
 * @module
 */
import { CheckerError } from './errors.ts'

declare const referent: unique symbol
declare const weakReferent: unique symbol

/**
 * A pointer that holds: a context field of this type names another component. Plain JSON inside
 * (`"viommu[1]"`), opaque to a machine, which may store it, drop it and compare it with `===`, and
 * nothing else. In a view every `Ref` is the handle of the component itself.
 *
 * A component that returns to its initial state while a `Ref` still names it violates the built-in
 * property `dangling`.
 *
 * @example
 * ```ts
 * import { assign, setup } from 'xstate'
 * import { check, model, system, type Ref } from 'iommufd-spec/checker'
 *
 * const table = setup({ types: { events: {} as { type: 'alloc' | 'free' } } }).createMachine({
 *   initial: 'none',
 *   states: { none: { on: { alloc: 'live' } }, live: { on: { free: 'none' } } },
 * })
 * const device = setup({
 *   types: { context: {} as { at: Ref<'table'> | null }, events: {} as { type: 'attach'; to: Ref<'table'> } },
 * }).createMachine({ context: { at: null }, on: { attach: { actions: assign({ at: ({ event }) => event.to }) } } })
 * interface Kinds {
 *   readonly table: typeof table
 *   readonly device: typeof device
 * }
 * const { action, blocked, each, free } = model<Kinds>()
 * const alloc = action('alloc', { as: free('table') }, ({ as }) => as.send({ type: 'alloc' }))
 * const attach = action('attach', { device: each('device'), to: each('table') }, ({ device, to }) =>
 *   to.in('live') ? device.send({ type: 'attach', to }) : blocked(),
 * )
 * const release = action('free', { table: each('table') }, ({ table }) => (table.in('live') ? table.send({ type: 'free' }) : blocked()))
 * const kinds = { table: { machine: table, count: 1 }, device: { machine: device, count: 1 } }
 * const report = await check(system<Kinds>({ kinds, actions: [alloc, attach, release] }))
 * for (const p of report.properties) if (p.verdict === 'violated') console.log(p.id, p.trace.map((step) => step.action).join())
 * // → dangling alloc,attach,free
 * ```
 */
export type Ref<Kind extends string> = string & {
  /** @internal */
  readonly [referent]: Kind
}

/**
 * A pointer that does not hold: like {@link Ref}, but its target may be freed under it. Made by
 * {@link Model.weakRef}.
 */
export type WeakRef<Kind extends string> = string & {
  /** @internal */
  readonly [weakReferent]: Kind
}

/** The `meta` that marks a refusal; `refuse` and `blocks` write it, the checker reads it. */
export interface RefusalMeta {
  /** The outcome of a refusal. */
  readonly refuse?: string
  /** The sender waits. */
  readonly blocks?: boolean
}

/** A transition that refuses or blocks: no target, no action. */
export interface Refusal {
  /** The refusal in words. */
  readonly description: string
  /** Marks the transition for the checker. */
  readonly meta: RefusalMeta & {
    /** The function that refuses. */
    readonly kernel?: string
  }
}

/**
 * A whole transition that refuses its event with `code`: the component stays as it is, and the
 * action that sent the event ends with `code` as its outcome (or, sent with `try`, is told so).
 *
 * @param code - the outcome, an errno without its sign in the kernel's case
 * @param why - the refusal in words
 * @param kernel - the function that refuses
 *
 * @example
 * ```ts
 * import { setup } from 'xstate'
 * import { check, model, refuse, system } from 'iommufd-spec/checker'
 *
 * const door = setup({ types: { events: {} as { type: 'open' } } }).createMachine({
 *   initial: 'locked',
 *   states: { locked: { on: { open: refuse('EBUSY', 'it is locked') } } },
 * })
 * const { action, each } = model<{ door: typeof door }>()
 * const open = action('open', { door: each('door') }, ({ door }) => door.send({ type: 'open' }))
 * const report = await check(system<{ door: typeof door }>({ kinds: { door: { machine: door, count: 1 } }, actions: [open] }))
 * console.log(report.refusals, report.statistics.outcomes.open.join()) // → 1 EBUSY
 * ```
 */
export function refuse<Code extends string>(
  code: Code,
  why: string = `refused with ${code}`,
  kernel?: string,
): Refusal {
  if (typeof code !== 'string' || code === '')
    throw new CheckerError('CHK021', 'refuse takes an error code: a text')
  return {
    description: why,
    meta: kernel === undefined ? { refuse: code } : { refuse: code, kernel },
  }
}

/**
 * A whole transition that makes the sender wait: the action (or its step) that sent the event is
 * not enabled, as a thread that sleeps on a lock or on a counter.
 *
 * @example
 * ```ts
 * import { setup } from 'xstate'
 * import { check, model, blocks, system } from 'iommufd-spec/checker'
 *
 * const door = setup({ types: { events: {} as { type: 'open' } } }).createMachine({
 *   initial: 'locked',
 *   states: { locked: { on: { open: blocks('waits for the key') } } },
 * })
 * const { action, each } = model<{ door: typeof door }>()
 * const open = action('open', { door: each('door') }, ({ door }) => door.send({ type: 'open' }))
 * const report = await check(system<{ door: typeof door }>({ kinds: { door: { machine: door, count: 1 } }, actions: [open] }))
 * console.log(report.transitions, report.statistics.neverEnabled.join()) // → 0 open
 * ```
 */
export const blocks = (why: string = 'waits', kernel?: string): Refusal => ({
  description: why,
  meta: kernel === undefined ? { blocks: true } : { blocks: true, kernel },
})

/** A transition that passes its event over: no target, no action. */
export interface Ignored {
  /** Why, in words. */
  readonly description: string
  /** Where in the kernel; empty when left out. */
  readonly meta: {
    /** The function that passes it over. */
    readonly kernel?: string
  }
}

/**
 * A whole transition that takes its event and does nothing: without it, an event for which a state
 * has no transition violates the built-in property `accepted`.
 *
 * @param why - why nothing happens, in words
 * @param kernel - the function that passes the event over
 *
 * @example
 * ```ts
 * import { setup } from 'xstate'
 * import { check, ignore, model, system } from 'iommufd-spec/checker'
 *
 * const door = setup({ types: { events: {} as { type: 'close' } } }).createMachine({
 *   initial: 'open',
 *   states: { open: { on: { close: 'shut' } }, shut: { on: { close: ignore('it is shut') } } },
 * })
 * const { action, each } = model<{ door: typeof door }>()
 * const close = action('close', { door: each('door') }, ({ door }) => door.send({ type: 'close' }))
 * const report = await check(system<{ door: typeof door }>({ kinds: { door: { machine: door, count: 1 } }, actions: [close] }))
 * console.log(report.properties[0].id, report.properties[0].verdict) // → accepted proved
 * ```
 */
export const ignore = (why: string = 'nothing happens', kernel?: string): Ignored => ({
  description: why,
  meta: kernel === undefined ? {} : { kernel },
})

/** The property under which {@link says} keeps a guard's words. */
export const wordsOf: unique symbol = Symbol('words')

/**
 * Names a guard's condition in words, for the generated documents. Returns the guard itself.
 *
 * @typeParam Guard - the guard's own type, which it keeps
 *
 * @example
 * ```ts
 * import { says } from 'iommufd-spec/checker'
 *
 * const lastUser = says('nobody else holds it', ({ context }: { context: { users: number } }) => context.users === 1)
 * console.log(lastUser({ context: { users: 1 } })) // → true
 * ```
 */
export function says<Guard extends (...args: never[]) => boolean>(
  words: string,
  guard: Guard,
): Guard {
  if (typeof words !== 'string' || typeof guard !== 'function')
    throw new CheckerError('CHK021', 'says takes words and a guard, a text and a function')
  return Object.defineProperty(guard, wordsOf, { value: words }) as Guard
}
