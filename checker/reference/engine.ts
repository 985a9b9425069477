import { failParam, failureBits, type Choice, type Operation } from '../operation.ts'
import type { Constant, Ids } from '../params.ts'
import { Refused, type Broken } from '../refused.ts'
import { thrownBy } from '../thrown-by.ts'
import { stableText, type Json } from '../json.ts'
import { refText, type Kind, type System } from '../system.ts'
import { ReferenceView, type Configuration, type Taken } from './view.ts'

/** An operation with its arguments: names of components and values, and constants. */
export interface Call {
  readonly operation: Operation
  readonly args: { readonly [name: string]: Constant }
}

/** What a call does to a configuration. */
export type Effect =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'broken'; readonly property: Broken; readonly what: string }
  | {
      readonly kind: 'done'
      readonly outcome: string
      readonly next: Configuration
      readonly changed: boolean
      readonly taken: readonly Taken[]
      /** What it has against the order in which other calls take locks; null for nothing. */
      readonly opposite: string | null
      readonly omitted: ReferenceView['omitted']
    }

/** Text that is equal for equal configurations. */
export const keyOf = (state: Configuration): string =>
  [...state.values()].map((local) => stableText(local as unknown as Json)).join('\n')

/** All calls that a configuration offers, in the order of operations and arguments. */
export function calls(system: System, state: Configuration): Call[] {
  const slots = (kind: Kind) => Array.from({ length: kind.count }, (_, i) => refText(kind.name, i))
  const text = (name: string) => stableText(state.get(name) as unknown as Json)
  const marked = named(system, state)
  /** Free slots that are alike: it matters only how many of them are taken. */
  const free = (kind: Kind): string[][] => {
    const fresh = new Set(kind.initial.map((local) => stableText(local as unknown as Json)))
    const sorts = new Map<string, string[]>()
    for (const name of slots(kind)) {
      if (!fresh.has(text(name))) continue
      const sort = kind.per.length > 0 || marked.has(name) ? name : `alike ${text(name)}`
      sorts.set(sort, [...(sorts.get(sort) ?? []), name])
    }
    return [...sorts.values()]
  }
  return system.operations.flatMap((operation) => {
    let tuples: Record<string, Constant>[] = [{}]
    for (const { name, param } of operation.params) {
      const values = (tuple: Record<string, Constant>): readonly Constant[] => {
        if ('oneOf' in param) return param.oneOf
        if ('each' in param) return param.each.flatMap((k) => slots(system.kind(k)))
        const took = new Set(
          operation.params.flatMap((p) =>
            'free' in p.param && p.name in tuple ? [tuple[p.name]] : [],
          ),
        )
        return free(system.kind(param.free)).flatMap(
          (alike) => alike.find((slot) => !took.has(slot)) ?? [],
        )
      }
      tuples = tuples.flatMap((tuple) =>
        values(tuple).map((value) => ({ ...tuple, [name]: value })),
      )
    }
    return tuples.map((args) => ({ operation, args }))
  })
}

/**
 * The components that something names, or of which something (declared per them) is named or not as
 * new: like no other, when free.
 */
function named(system: System, state: Configuration): Set<string> {
  const found = new Set<string>()
  const visit = (value: Json): void => {
    if (typeof value === 'string') found.add(value.startsWith('~') ? value.slice(1) : value)
    else if (value !== null && typeof value === 'object')
      for (const v of Object.values(value)) visit(v as Json)
  }
  for (const local of state.values()) visit(local.context as Json)
  for (const kind of [...system.kinds].reverse()) {
    const starts = new Set(kind.initial.map((local) => stableText(local as unknown as Json)))
    for (let i = 0; i < kind.count && kind.per.length > 0; i++) {
      const name = refText(kind.name, i)
      const asNew = starts.size === 1 && starts.has(stableText(state.get(name) as unknown as Json))
      if (asNew && !found.has(name)) continue
      let rest = i
      for (const owner of [...kind.per].reverse()) {
        found.add(refText(owner.name, rest % owner.count))
        rest = Math.floor(rest / owner.count)
      }
    }
  }
  return found
}

/** The points of failure that an argument names, as operations ask for them. */
function choiceOf({ action }: Operation, argument: Constant): Choice {
  const bits = failureBits(action, argument as string | null)
  const bit = (point: string) => failureBits(action, point)
  return {
    has: (point) => (bits & bit(point)) !== 0,
    isExactly: (points) => bits === points.reduce((sum, point) => sum | bit(point), 0),
  }
}

/** Performs a call. `record` hears of object ids taken and given back, by component name. */
export function perform(
  system: System,
  state: Configuration,
  { operation, args }: Call,
  record?: Ids<string>,
): Effect {
  const view = new ReferenceView(system, state, (kind, event) =>
    system.omits(operation, kind, event),
  )
  const isRef = (name: string) =>
    !(
      'oneOf' in
      (operation.params.find((p) => p.name === name) as Operation['params'][number]).param
    )
  const given: Record<string, unknown> = Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      isRef(name) ? view.handle(value as string) : value,
    ]),
  )
  const chosen = args[failParam]
  if (chosen !== undefined) given[failParam] = choiceOf(operation, chosen)
  const named = (hear: ((name: string) => void) | undefined) => (handle: object) =>
    hear?.(view.name(handle) as string)
  const ids = {
    take: named(record?.take),
    give: named(record?.give),
    tombstone: named(record?.tombstone),
    close: () => record?.close(),
  }
  try {
    const outcome = operation.run(given, view.collections(), ids as Ids<never>)
    if (outcome === null) return { kind: 'blocked' }
    const { state: next, taken, omitted } = view
    const { opposite } = system.lockOrder
    const changed = keyOf(next) !== keyOf(state)
    return { kind: 'done', outcome, next, changed, taken, omitted, opposite }
  } catch (error) {
    if (error instanceof Refused && error.breaks !== null)
      return { kind: 'broken', property: error.breaks, what: error.message }
    throw thrownBy(operation.name, error)
  }
}
