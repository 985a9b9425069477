import { CheckerError } from './errors.ts'
import type { Json } from './json.ts'

/**
 * Plain JSON as a value of the Informal Trace Format: integers as `#bigint`, null as the variant
 * `None`, other numbers as `#unserializable`.
 */
export function toItfValue(value: Json): Json {
  if (value === null) return { tag: 'None', value: {} }
  if (typeof value === 'number')
    return Number.isSafeInteger(value)
      ? { '#bigint': String(value) }
      : { '#unserializable': String(value) }
  if (Array.isArray(value)) return value.map(toItfValue)
  if (typeof value === 'object')
    return mapFields(value as { readonly [key: string]: Json }, toItfValue)
  return value
}

/** Values within values of a trace. */
const mostNested = 1_000

/** The inverse of {@link toItfValue}; sequences, tuples and sets become arrays. */
export function fromItfValue(value: Json, depth = 0): Json {
  if (depth > mostNested) throw new CheckerError('CHK016', 'a value is nested too deeply')
  const within = (one: Json) => fromItfValue(one, depth + 1)
  if (value === null) throw new CheckerError('CHK016', 'null is no value of the trace format')
  if (Array.isArray(value)) return value.map(within)
  if (typeof value !== 'object') return value
  const fields = value as { readonly [key: string]: Json }
  const [key, ...others] = Object.keys(fields)
  const only = others.length === 0 ? key : undefined
  if (only === '#bigint' || only === '#unserializable') {
    const text = fields[only]
    const number = Number(text)
    const isNumber = only === '#bigint' ? Number.isSafeInteger(number) : Number.isFinite(number)
    if (typeof text !== 'string' || text.trim() === '' || !isNumber)
      throw new CheckerError('CHK016', `${JSON.stringify(value)} is no number that can be used`)
    return number
  }
  if ((only === '#tup' || only === '#set') && Array.isArray(fields[only]))
    return (fields[only] as Json[]).map(within)
  if (fields['tag'] === 'None' && isEmpty(fields['value'])) return null
  return mapFields(fields, within)
}

const mapFields = (fields: { readonly [key: string]: Json }, map: (value: Json) => Json): Json =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, map(value)]))

const isEmpty = (value: Json | undefined): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0
