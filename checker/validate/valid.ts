import { z } from 'zod'
import { described } from '../described.ts'
import { CheckerError, type ErrorCode } from '../errors.ts'

/** What a value must be, and what to do where it is not. */
export const must = (test: (value: unknown) => boolean, instead: string): z.ZodType =>
  z.custom(test, { error: instead, abort: true })

/** An object that has these keys and no others. */
export const closed = (shape: Readonly<Record<string, z.ZodType>>): z.ZodType =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys'
        ? `it takes ${Object.keys(shape).join(', ') || 'nothing'}`
        : `use an object with ${Object.keys(shape).join(', ')}`,
  })

export const text = must((v) => typeof v === 'string' && v !== '', 'use a text')
export const anyText = must((v) => typeof v === 'string', 'use a text')
export const truth = must((v) => typeof v === 'boolean', 'use true or false')
export const func = must((v) => typeof v === 'function', 'use a function')
export const list = must((v) => Array.isArray(v), 'use a list')
export const texts = must(
  (v) => Array.isArray(v) && v.every((one) => typeof one === 'string'),
  'use a list of texts',
)

/** A whole number. */
export const whole = (least: number): z.ZodType =>
  must(
    (v) => Number.isSafeInteger(v) && (v as number) >= least,
    `use a whole number, ${least} or more`,
  )

/** A whole number, or no limit. */
export const limit = (least: number): z.ZodType =>
  must(
    (v) => v === Infinity || (Number.isSafeInteger(v) && (v as number) >= least),
    `use a whole number, ${least} or more, or Infinity`,
  )

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** A plain object with any keys. */
export const record = must(isRecord, 'use a plain object')

/**
 * Refuses what a schema does not take, by the first thing that is wrong.
 *
 * @param where - what is looked at, as the message begins
 */
export function assertValid(
  schema: z.ZodType,
  value: unknown,
  code: ErrorCode,
  where: string,
): void {
  const result = schema.safeParse(value)
  if (result.success) return
  const { issues } = result.error
  // A word that is not known explains best why another is missing.
  const issue = issues.find(({ code: kind }) => kind === 'unrecognized_keys') ?? issues[0]
  const at = issue.path.reduce<string>(
    (path, key) => `${path}${typeof key === 'number' ? `[${key}]` : `.${String(key)}`}`,
    '',
  )
  const what = at === '' ? where : `${where}: ${at.replace(/^\./, '')}`
  if (issue.code === 'unrecognized_keys')
    throw new CheckerError(code, `${what} does not take '${issue.keys[0]}'; ${issue.message}`)
  const found = issue.path.reduce<unknown>(
    (within, key) => (within as Record<PropertyKey, unknown>)[key],
    value,
  )
  throw new CheckerError(code, `${what} is ${described(found)}; ${issue.message}`)
}
