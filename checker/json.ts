import { CheckerError } from './errors.ts'

/** Plain JSON. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const nameOf = (value: unknown): string =>
  value === undefined
    ? 'undefined'
    : typeof value === 'object' && value !== null
      ? (value.constructor?.name ?? 'object')
      : `${typeof value} ${String(value)}`

/** How deep plain JSON may nest; what refers to itself is deeper. */
const deepest = 500
/** How many values it may hold in all. */
const most = 100_000

/**
 * Refuses what is nested deeper than plain JSON may be.
 *
 * @throws CheckerError CHK001
 */
export function assertShallow(depth: number, where: string): void {
  if (depth > deepest)
    throw new CheckerError(
      'CHK001',
      `${where} refers to itself, or is nested deeper than ${deepest} levels; keep it flat`,
    )
}

/** Throws CHK001 where `value` is not plain JSON; `where` names the place in the message. */
export function assertJson(value: unknown, where: string): asserts value is Json {
  assertPlain(value, where, where, 0, { values: 0 })
}

function assertPlain(
  value: unknown,
  whole: string,
  where: string,
  depth: number,
  seen: { values: number },
): void {
  assertShallow(depth, whole)
  if (++seen.values > most)
    throw new CheckerError('CHK001', `${whole} holds more than ${most} values; keep it small`)
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++)
      assertPlain(value[i], whole, `${where}[${i}]`, depth + 1, seen)
    return
  }
  if (typeof value === 'object') {
    const proto: unknown = Object.getPrototypeOf(value)
    if (proto === Object.prototype || proto === null) {
      for (const key of Object.keys(value))
        assertPlain(
          (value as Record<string, unknown>)[key],
          whole,
          `${where}.${key}`,
          depth + 1,
          seen,
        )
      return
    }
  }
  throw new CheckerError(
    'CHK001',
    `${where} holds ${nameOf(value)}; use null, booleans, finite numbers, strings, arrays and plain objects`,
  )
}

/** JSON text that is equal for equal contents, whatever the order of keys. */
export function stableText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(stableText).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const object = value as { readonly [key: string]: Json }
    return `{${Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${stableText(object[key])}`)
      .join(',')}}`
  }
  return value === 0 ? '0' : JSON.stringify(value)
}

/**
 * Replaces every string for which `replace` returns something; it is asked in the order in which
 * `stableText` prints them.
 */
export function mapStrings(value: Json, replace: (text: string) => Json | undefined): Json {
  if (typeof value === 'string') return replace(value) ?? value
  if (Array.isArray(value)) return value.map((v) => mapStrings(v as Json, replace))
  if (value === null || typeof value !== 'object') return value
  const object = value as { readonly [key: string]: Json }
  const keys = Object.keys(object)
  const put = new Map([...keys].sort().map((key) => [key, mapStrings(object[key], replace)]))
  return Object.fromEntries(keys.map((key) => [key, put.get(key) as Json]))
}

/** Freezes plain JSON through and through. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const key of Object.keys(value)) deepFreeze((value as Record<string, unknown>)[key])
  }
  return value
}
