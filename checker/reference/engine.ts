import type { Operation } from '../operation.ts'
import type { Constant, Ids } from '../params.ts'
import { Refused } from '../refused.ts'
import { stableText, type Json } from '../json.ts'
import { refText, type Kind, type System } from '../system.ts'
import { ReferenceView, type Configuration } from './view.ts'

/** An operation with its arguments: names of components and values, and constants. */
export interface Call {
  readonly operation: Operation
  readonly args: { readonly [name: string]: Constant }
}

/** What a call does to a configuration. */
export type Effect =
  | { readonly kind: 'blocked' }
  | { readonly kind: 'unaccepted'; readonly what: string }
  | { readonly kind: 'done'; readonly outcome: string; readonly next: Configuration; readonly changed: boolean }

/** The configuration in which the system starts. */
export function initial(system: System): Configuration {
  return new Map(system.kinds.flatMap((kind) => kind.initial.map((local, i) => [refText(kind.name, i), local] as const)))
}

/** Text that is equal for equal configurations. */
export const keyOf = (state: Configuration): string => [...state.values()].map((local) => stableText(local as unknown as Json)).join('\n')

/** All calls that a configuration offers, in the order of operations and arguments. */
export function calls(system: System, state: Configuration): Call[] {
  const slots = (kind: Kind) => Array.from({ length: kind.count }, (_, i) => refText(kind.name, i))
  const text = (name: string) => stableText(state.get(name) as unknown as Json)
  const free = (kind: Kind) => {
    const fresh = new Set(kind.initial.map((local) => stableText(local as unknown as Json)))
    return slots(kind).filter((name, i, all) => fresh.has(text(name)) && !all.slice(0, i).some((other) => text(other) === text(name)))
  }
  return system.operations.flatMap((operation) => {
    let tuples: Record<string, Constant>[] = [{}]
    for (const { name, param } of operation.params) {
      const values: readonly Constant[] =
        'oneOf' in param ? param.oneOf : 'each' in param ? param.each.flatMap((k) => slots(system.kind(k))) : free(system.kind(param.free))
      tuples = tuples.flatMap((tuple) => values.map((value) => ({ ...tuple, [name]: value })))
    }
    return tuples.map((args) => ({ operation, args }))
  })
}

/** Performs a call. `record` hears of object ids taken and given back, by component name. */
export function perform(system: System, state: Configuration, { operation, args }: Call, record?: Ids<string>): Effect {
  const view = new ReferenceView(system, state, (kind, event) => system.omits(operation, kind, event))
  const isRef = (name: string) => !('oneOf' in (operation.params.find((p) => p.name === name) as Operation['params'][number]).param)
  const given = Object.fromEntries(Object.entries(args).map(([name, value]) => [name, isRef(name) ? view.handle(value as string) : value]))
  const named = (hear: ((name: string) => void) | undefined) => (handle: object) => hear?.(view.name(handle) as string)
  const ids = { take: named(record?.take), give: named(record?.give), tombstone: named(record?.tombstone), close: () => record?.close() }
  try {
    const outcome = operation.run(given, view.collections(), ids as Ids<never>)
    if (outcome === null) return { kind: 'blocked' }
    const next = view.state
    return { kind: 'done', outcome, next, changed: keyOf(next) !== keyOf(state) }
  } catch (error) {
    if (error instanceof Refused) return { kind: 'unaccepted', what: error.message }
    throw error
  }
}
