import { CheckerError } from './errors.ts'
import { assertShallow } from './json.ts'

const known = new WeakSet<object>()
type Unknown = (name: string, writes: boolean) => never
/** What to say of members that a strict object does not have. */
const closed = new WeakMap<object, Unknown>()

/** Whether a value is a handle or a collection. */
export const isStrict = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && closed.has(value)

/** Whether a value is the handle of a component or of a value, of whichever engine. */
export const isHandle = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && known.has(value)

/** Marks an object as a handle: copies of locals leave it as it is. */
export function asHandle<T extends object>(handle: T): T {
  known.add(handle)
  return handle
}

/**
 * Closes an object whose prototype is {@link nothingElse}: it has its members and no others; asking
 * for another is an error, in plain JavaScript too. The members are its own, so that looking them
 * up costs nothing.
 *
 * @param unknown - called with the name of a member that is not there, and with whether it would be
 * written; throws
 */
export function strict<T extends object>(object: T, unknown: Unknown): T {
  closed.set(object, unknown)
  return Object.freeze(object)
}

/** The member that loops ask for. */
const looping = '[Symbol.iterator]'
/** What is asked for to make a text or a number of something. */
const coercing = '[Symbol.toPrimitive]'

/** The prototype of strict objects, to stand first in a literal: `{ __proto__: nothingElse, … }`. */
export const nothingElse = new Proxy(Object.freeze(Object.create(null) as object), {
  get: (_, name, of: object) => {
    if (typeof name === 'string') return closed.get(of)?.(name, false)
    if (name === Symbol.iterator) return closed.get(of)?.(looping, false)
    return name === Symbol.toPrimitive ? closed.get(of)?.(coercing, false) : undefined
  },
  has: (_, name) => {
    if (typeof name === 'symbol') return false
    throw new CheckerError(
      'CHK012',
      `'${name}' in … asks whether a handle or a collection has a member; is() tells kinds apart, in() states`,
    )
  },
  set: (_, name, __, of: object) => closed.get(of)?.(String(name), true) ?? false,
})

/** What a handle of a component offers, for whoever asks it for something else. */
export function noMember(
  where: string,
  kind: string,
  name: string,
  { isValue, writes }: { readonly isValue: boolean; readonly writes: boolean },
): never {
  if (writes)
    throw new CheckerError('CHK012', `${where} writes to a handle of ${kind}; send an event`)
  if (name === coercing || name === 'toJSON')
    throw new CheckerError(
      'CHK012',
      `${where} turns a handle into text or a number; compare handles with ===`,
    )
  throw new CheckerError(
    'CHK012',
    isValue
      ? `${where} asks a value of ${kind} for '${name}'; values have nothing but their identity, compare them with ===`
      : `${where} asks a handle of ${kind} for '${name}', which it does not have; ask is('${name}') for a kind, in('${name}') for a state, context.${name} for a field`,
  )
}

/** What a collection offers, for whoever asks it for something else. */
export function noQuantifier(where: string, kind: string, name: string): never {
  if (name === looping)
    throw new CheckerError(
      'CHK012',
      `${where} loops over the collection of ${kind}; it has no order, use forEach or a quantifier`,
    )
  throw new CheckerError(
    'CHK012',
    `${where} asks the collection of ${kind} for '${name}'; it has every, some, count, sum, max, min, find, filter, distinct, forEach, of, only, exists`,
  )
}

/** What tells whether a handle of `kind` is of one of the kinds that are asked for. */
export const isOf =
  (kind: string) =>
  (...kinds: readonly string[]): boolean =>
    kinds.includes(kind)

/** A copy of plain data with handles in it, which may be changed; handles stay what they are. */
export function copied<T>(value: T, depth = 0): T {
  assertShallow(depth, 'what a path keeps in its locals')
  if (typeof value !== 'object' || value === null || isHandle(value)) return value
  if (Array.isArray(value)) return (value as unknown[]).map((one) => copied(one, depth + 1)) as T
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, copied(one, depth + 1)]),
  ) as T
}
