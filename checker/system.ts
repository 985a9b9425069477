import type { AnyStateMachine } from 'xstate'
import type { Action } from './action.ts'
import { caller, callerKind } from './caller.ts'
import { CheckerError } from './errors.ts'
import { holes } from './holes.ts'
import { assertFewStarts, startsOf, type Inputs } from './inputs.ts'
import { mapStrings, type Json } from './json.ts'
import { LockOrder } from './lock-order.ts'
import { Machine, type Local } from './machine.ts'
import { operations, type Failures, type Operation } from './operation.ts'
import type { Outside } from './outside.ts'
import type { Param } from './params.ts'
import type { Property } from './property.ts'
import type { KindScopes, KindsOf, View } from './types.ts'
import { assertAction } from './validate/actions.ts'
import { madeBySystem } from './validate/brand.ts'
import { assertOperationNames } from './validate/names.ts'
import { assertProperty, assertSpeaks } from './validate/properties.ts'
import { assertScope } from './validate/scope.ts'

/** A system within bounds: what is explored. */
export interface Scope<K> {
  /**
   * How many components each kind has, and how they start. A kind that is left out cannot be looked
   * at.
   */
  readonly kinds: KindScopes<K>
  /** What can happen; names are unique. */
  readonly actions: readonly Action[]
  /** What is to be checked; ids are unique. */
  readonly properties?: readonly Property<K>[]
  /**
   * How many threads interleave at the steps of paths; 0 (the default) makes every call one
   * transition. By role, where some threads do other things than others: `{ user: 2, interrupt: 1 }`.
   */
  readonly callers?: number | { readonly [role: string]: number }
  /**
   * Whether the declared points of failure can fail: at most one in a call (`one`, or true), or any
   * of them together (`any`), as an operation and its roll-back. The same with callers and without.
   */
  readonly failures?: boolean | 'one' | 'any'
  /** Report states without a transition, except those where `terminal` holds. Off when left out. */
  readonly deadlock?: {
    /** Whether a state is meant to be the last. */
    readonly terminal: (view: View<K>) => boolean
  }
  /**
   * Events that are not sent, though the actions say so: a mutation, to see which property notices.
   */
  readonly omit?: readonly Omission[]
  /** The most local states that one machine may have; 65,536 when left out. */
  readonly maxLocalStates?: number
}

/** One kind of send that a mutated system leaves out. */
export interface Omission {
  /** The action (all its steps). */
  readonly action: string
  /** The kind that would have received the event. */
  readonly kind: string
  /** The event's type. */
  readonly event: string
}

/**
 * A kind as engines see it. Entities (components first, then values) are numbered through; `base`
 * is the first of this kind.
 */
export interface Kind {
  readonly name: string
  readonly index: number
  readonly base: number
  readonly count: number
  /** null for a set of values. */
  readonly machine: Machine | null
  /** The kinds that this one is declared per, outermost first. */
  readonly per: readonly Kind[]
  readonly symmetric: boolean
  /** By component: the local states in one of which it starts, at least one. */
  readonly starts: readonly (readonly Local[])[]
  /** All of these, one after another. */
  readonly initial: readonly Local[]
  /** Some action takes free slots of this kind, so its initial states mean "does not exist". */
  readonly slots: boolean
}

/**
 * What {@link check} explores; made by {@link system}. The narrow waist of the checker: all that
 * its engines see, and nothing that others need.
 */
export interface System {
  /** @internal */
  readonly [madeBySystem]: true
  /** @internal */
  readonly kinds: readonly Kind[]
  /**
   * Components of all kinds.
   *
   * @internal
   */
  readonly components: number
  /**
   * Components and values.
   *
   * @internal
   */
  readonly entities: number
  /** @internal */
  readonly operations: readonly Operation[]
  /**
   * In which order its calls take locks; grows with the calls that are made.
   *
   * @internal
   */
  readonly lockOrder: LockOrder
  /** @internal */
  readonly properties: readonly Property<never>[]
  /** @internal */
  readonly callers: number
  /** @internal */
  readonly terminal: ((view: never) => boolean) | null
  /** @internal */
  readonly maxLocalStates: number
  /**
   * The events that a mutation leaves out.
   *
   * @internal
   */
  readonly omissions: readonly Omission[]
  /**
   * Whether a mutation leaves this event out.
   *
   * @internal
   */
  omits(operation: Operation, kind: string, event: string): boolean
  /**
   * Refused with CHK011 where there is no such kind.
   *
   * @internal
   */
  kind(name: string): Kind
}

/** What is said of a text that no handle and no `ref` has made, and that reads as if. */
export const readsLikeReference = (where: string, text: string): CheckerError =>
  new CheckerError(
    'CHK020',
    `${where} the text ${JSON.stringify(text)}, which reads like a reference; give the handle itself, or write the text otherwise`,
  )

/** The text that stands for a reference in a context. */
export const refText = (kind: string, slot: number): string => `${kind}[${slot}]`

interface LooseKind extends Inputs {
  readonly machine?: AnyStateMachine
  readonly count?: number
  readonly values?: number
  readonly per?: string | readonly string[]
  readonly symmetric?: boolean
  readonly ignores?: readonly ('log' | 'emit')[]
  readonly unhandled?: 'ignore'
}

/**
 * Makes a system of its kinds, actions and properties.
 *
 * @throws CheckerError for machines that cannot be checked exactly, and for names that are not
 * there
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
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 3 } }, actions: [press] })
 * console.log((await check(lamps)).states) // → 8
 * ```
 */
export function system<K extends KindsOf<K>>(scope: Scope<K>): System {
  assertScope(scope)
  scope.actions.forEach(assertAction)
  scope.properties?.forEach(assertProperty)
  const declared = Object.entries(scope.kinds as Record<string, LooseKind>)
  const roles = rolesOf(scope.callers ?? 0)
  const callers = roles.reduce((n, [, count]) => n + count, 0)
  for (const [role, count] of roles)
    declared.push([role, { machine: caller, count, symmetric: true }])
  const names = roles.map(([role]) => role)
  const failures = failuresOf(scope.failures ?? false)
  const lockOrder = new LockOrder()
  const ops = scope.actions.flatMap((action) => operations(action, names, failures, lockOrder))
  const slotKinds = new Set(
    ops.flatMap((op) =>
      op.params.flatMap(({ param }) =>
        'free' in param && !names.includes(param.free) ? [param.free] : [],
      ),
    ),
  )
  const outside = scope.actions.flatMap((action) => action.outside ?? [])
  const kinds = layOut(declared, slotKinds, outside)
  const kind = (name: string): Kind => {
    const found = kinds.find((k) => k.name === name)
    if (found === undefined)
      throw new CheckerError(
        'CHK011',
        `there is no kind '${name}' in this scope (kinds: ${kinds.map((k) => k.name).join(', ')})`,
      )
    return found
  }
  for (const op of ops)
    for (const { name, param } of op.params) {
      const where = `${op.name}, parameter ${name}`
      checkParam(where, param, kind)
      if ('oneOf' in param)
        for (const value of param.oneOf)
          if (typeof value === 'string' && referred(value, kinds) !== undefined)
            throw readsLikeReference(`${where} can be`, value)
    }
  const properties = (scope.properties ?? []) as readonly Property<never>[]
  assertUnique(
    properties.map((p) => p.id),
    'properties',
  )
  assertUnique(
    scope.actions.map((a) => a.name),
    'actions',
  )
  for (const { name, steps } of scope.actions)
    assertUnique(
      steps.map((step) => step.name),
      `steps of ${name}`,
    )
  assertOperationNames(scope.actions)
  for (const property of properties) assertSpeaks(property, scope.actions)
  const omitted = new Set((scope.omit ?? []).map((o) => omissionText(o)))
  for (const o of scope.omit ?? []) {
    kind(o.kind)
    if (!scope.actions.some((action) => action.name === o.action))
      throw new CheckerError('CHK011', `there is no action '${o.action}' to omit a send from`)
  }
  const components = kinds.reduce((n, k) => n + (k.machine === null ? 0 : k.count), 0)
  return {
    [madeBySystem]: true,
    kinds,
    components,
    entities: kinds.reduce((n, k) => n + k.count, 0),
    operations: ops,
    lockOrder,
    properties: properties.filter((p) => callers === 0 || !('whole' in p) || p.whole !== true),
    callers,
    terminal: (scope.deadlock?.terminal as ((view: never) => boolean) | undefined) ?? null,
    maxLocalStates: scope.maxLocalStates ?? 65_536,
    omissions: scope.omit ?? [],
    omits: (operation, kindName, event) =>
      omitted.has(omissionText({ action: operation.action.name, kind: kindName, event })),
    kind,
  }
}

/** The kinds of caller, and how many there are of each. */
const rolesOf = (callers: number | { readonly [role: string]: number }): [string, number][] =>
  (typeof callers === 'number'
    ? [[callerKind, callers] as [string, number]]
    : Object.entries(callers)
  ).filter(([, count]) => count > 0)

const failuresOf = (failures: boolean | 'one' | 'any'): Failures =>
  typeof failures === 'string' ? failures : failures ? 'one' : 'none'

/** An omission as one text. */
export const omissionText = ({ action, kind, event }: Omission): string =>
  `${kind} ${event} of ${action}`

/**
 * Numbers the entities, components before values, and finds every component's initial local state.
 */
function layOut(
  declared: readonly [string, LooseKind][],
  slotKinds: ReadonlySet<string>,
  outside: readonly Outside[],
): Kind[] {
  const ordered = [
    ...declared.filter(([, d]) => d.machine !== undefined),
    ...declared.filter(([, d]) => d.machine === undefined),
  ]
  const kinds: Kind[] = []
  const starting: {
    readonly name: string
    readonly starts: Local[][]
    readonly initial: Local[]
  }[] = []
  let base = 0
  for (const [index, [name, d]] of ordered.entries()) {
    const owners = d.per === undefined ? [] : typeof d.per === 'string' ? [d.per] : d.per
    const per = owners.map((owner) => {
      const found = kinds.find((k) => k.name === owner)
      if (found === undefined)
        throw new CheckerError(
          'CHK013',
          `kind '${name}' is per '${owner}', which must be declared before it`,
        )
      return found
    })
    const count = d.values ?? d.count ?? per.reduce((n, k) => n * k.count, 1)
    if (!Number.isInteger(count) || count < 0)
      throw new CheckerError('CHK013', `kind '${name}' has a count of ${count}; use a whole number`)
    const machine =
      d.machine === undefined
        ? null
        : new Machine(name, d.machine, { ...d, outside: outside.filter((o) => o.kind === name) })
    const starts =
      machine === null ? [] : Array.from({ length: count }, (_, i) => startsOf(name, machine, d, i))
    const initial: Local[] = []
    starting.push({ name, starts, initial })
    kinds.push({
      name,
      index,
      base,
      count,
      machine,
      per,
      symmetric: d.symmetric ?? false,
      starts,
      initial,
      slots: slotKinds.has(name),
    })
    base += count
  }
  assertFewStarts(starting.flatMap(({ starts }) => starts.map((list) => list.length)))
  for (const { name, starts, initial } of starting)
    for (const [i, list] of starts.entries()) {
      starts[i] = list.map((local) => referring(name, local, kinds))
      initial.push(...starts[i])
    }
  return kinds
}

/** What a text reads like a reference to: a slot of a kind, which may have fewer. */
function referred(
  text: string,
  kinds: readonly Kind[],
): { readonly kind: Kind; readonly slot: number } | undefined {
  const [, name, slot] = /^~?([^[]+)\[(\d+)\]$/.exec(text) ?? []
  const kind = kinds.find((k) => k.name === name)
  return kind === undefined ? undefined : { kind, slot: Number(slot) }
}

/** An initial local state with its references as they stand in contexts; refuses those made up. */
function referring(name: string, local: Local, kinds: readonly Kind[]): Local {
  const context = mapStrings(local.context as Json, (text) => {
    const plain = text.startsWith(holes.input) ? text.slice(holes.input.length) : text
    const target = referred(plain, kinds)
    if (plain === text) {
      if (target !== undefined) throw readsLikeReference(`${name} starts with`, text)
      return undefined
    }
    if (target !== undefined && target.slot < target.kind.count) return plain
    throw new CheckerError(
      'CHK011',
      `${name} starts with a reference to ${plain}, which the scope does not have`,
    )
  })
  return { ...local, context: context as Local['context'] }
}

function checkParam(where: string, param: Param, kind: (name: string) => Kind): void {
  if ('oneOf' in param) {
    if (param.oneOf.length === 0)
      throw new CheckerError('CHK013', `${where} has no value to choose from`)
    return
  }
  const names = 'each' in param ? param.each : [param.free]
  if (names.length === 0) throw new CheckerError('CHK013', `${where} ranges over no kind`)
  for (const name of names)
    if (kind(name).machine === null && 'free' in param)
      throw new CheckerError(
        'CHK013',
        `${where} asks for a free slot of '${name}', which is a set of values`,
      )
}

/** What is told apart by its name. */
function assertUnique(names: readonly string[], what: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new CheckerError('CHK013', `two ${what} are called '${twice}'`)
}
