import { z } from 'zod'
import { CheckerError } from '../errors.ts'
import { assertKindName } from './names.ts'
import { assertValid, closed, func, list, must, record, text, truth, whole } from './valid.ts'

const malformed = 'CHK013'

const omission = closed({ action: text, kind: text, event: text })
const scope = closed({
  kinds: record,
  actions: list,
  properties: list.optional(),
  callers: must(
    (v) => isCount(v) || (record.safeParse(v).success && Object.values(v as object).every(isCount)),
    'use a whole number, 0 or more, or one for each role',
  ).optional(),
  failures: must(
    (v) => typeof v === 'boolean' || v === 'one' || v === 'any',
    "use 'one', 'any', true or false",
  ).optional(),
  deadlock: closed({ terminal: func }).optional(),
  omit: z.array(omission, { error: 'use a list' }).optional(),
  maxLocalStates: whole(1).optional(),
})

const machineKind = closed({
  machine: must(
    isMachine,
    'use a machine of XState, as createMachine or setup(…).createMachine makes',
  ),
  count: whole(0).optional(),
  per: must(
    (v) =>
      typeof v === 'string' ||
      (Array.isArray(v) && v.length > 0 && v.every((one) => typeof one === 'string')),
    'use the name of a kind, or a list of names',
  ).optional(),
  input: func.optional(),
  inputs: func.optional(),
  ignores: must(
    (v) => Array.isArray(v) && v.every((one) => one === 'log' || one === 'emit'),
    "use a list of 'log' and 'emit'",
  ).optional(),
  unhandled: must((v) => v === 'ignore', "use 'ignore', or leave it out").optional(),
  symmetric: truth.optional(),
})
const valueKind = closed({ values: whole(0), symmetric: truth.optional() })

function isMachine(value: unknown): boolean {
  const { root, implementations } = (value ?? {}) as Readonly<Record<string, unknown>>
  return [root, implementations].every((part) => typeof part === 'object' && part !== null)
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Refuses what is no scope: keys and values, each kind, and the names of kinds and roles. */
export function assertScope(value: unknown): void {
  assertValid(scope, value, malformed, 'the scope')
  const { kinds, callers } = value as { kinds: object; callers?: number | object }
  const names = Object.keys(kinds)
  for (const [name, kind] of Object.entries(kinds)) assertKind(name, kind)
  if (typeof callers !== 'object') return
  for (const role of Object.keys(callers)) {
    if (role !== 'caller') assertKindName(role)
    if (names.includes(role))
      throw new CheckerError('CHK023', `a role of callers is called '${role}', which is a kind`)
  }
}

function assertKind(name: string, value: unknown): void {
  assertKindName(name)
  const where = `kind '${name}'`
  assertValid(record, value, malformed, where)
  const kind = value as Readonly<Record<string, unknown>>
  if ('machine' in kind && 'values' in kind)
    throw new CheckerError(
      malformed,
      `${where} has a machine and values; a set of values has no machine`,
    )
  if (!('machine' in kind) && !('values' in kind))
    throw new CheckerError(malformed, `${where} has neither a machine nor values; give one of them`)
  assertValid('machine' in kind ? machineKind : valueKind, value, malformed, where)
  if ('values' in kind) return
  if (kind['count'] !== undefined && kind['per'] !== undefined)
    throw new CheckerError(
      malformed,
      `${where} has a count and is per others, which says how many there are; leave one of them out`,
    )
  if (kind['count'] === undefined && kind['per'] === undefined)
    throw new CheckerError(malformed, `${where} has no count; say how many there are`)
}
