import { CheckerError } from '../errors.ts'
import type { Property } from '../property.ts'
import { assertPropertyName } from './names.ts'
import { anyText, assertValid, closed, func, list, must, text, texts, truth } from './valid.ts'

const malformed = 'CHK013'

const words = { kind: text, id: text, says: anyText, source: texts.optional() }
const ofCalls = { on: list.optional(), whole: truth.optional(), outcome: text.optional() }
const ofStates = closed({ ...words, holds: func })
const shapes: Readonly<Record<string, ReturnType<typeof closed>>> = {
  always: ofStates,
  assume: ofStates,
  step: closed({ ...words, ...ofCalls, holds: func }),
  happens: closed({ ...words, ...ofCalls, happens: func }),
}

/** Refuses what is no property. */
export function assertProperty(value: unknown, index: number): void {
  const { id, kind } = (value ?? {}) as { id?: unknown; kind?: unknown }
  const where = typeof id === 'string' ? `property '${id}'` : `property ${index + 1} of the scope`
  assertValid(
    must(
      (v) =>
        typeof v === 'object' &&
        v !== null &&
        ['always', 'assume', 'step', 'cover'].includes(String(kind)),
      'use what always(), stepProperty(), cover() or assume() has made',
    ),
    value,
    malformed,
    where,
  )
  const { holds, happens } = value as { holds?: unknown; happens?: unknown }
  if (kind === 'cover' && (holds === undefined) === (happens === undefined))
    throw new CheckerError(
      malformed,
      `${where} has ${holds === undefined ? 'neither holds nor happens' : 'holds and happens'}; give holds for a state, or happens for a call`,
    )
  const shape = kind !== 'cover' ? String(kind) : holds === undefined ? 'happens' : 'always'
  assertValid(shapes[shape], value, malformed, where)
  assertPropertyName(id as string)
}

/** What a property of calls speaks of. */
interface Named {
  readonly name: string
}

/**
 * Refuses properties of calls that no call of the system can concern: `on` names nothing, or
 * another object than the system's action of that name, as a function gives that makes actions.
 */
export function assertSpeaks(property: Property<never>, actions: readonly Named[]): void {
  if (!('on' in property) || property.on === undefined) return
  const { id } = property
  const on = property.on as readonly (Named | null | undefined)[]
  const silent = (why: string) => new CheckerError('CHK024', `property '${id}' ${why}`)
  if (on.length === 0)
    throw silent('is on no action; name the actions, or leave on out to speak of all')
  for (const [i, one] of on.entries()) {
    if (typeof one !== 'object' || one === null || typeof one.name !== 'string')
      throw new CheckerError(
        malformed,
        `property '${id}': on[${i}] is no action; use what action() or ioctl() has made`,
      )
    if (!actions.includes(one) && actions.some(({ name }) => name === one.name))
      throw silent(
        `is on another action '${one.name}' than the scope's; make it once, and give the same to both`,
      )
  }
  if (!on.some((one) => actions.includes(one as Named)))
    throw silent(
      `is on ${on.map((one) => `'${(one as Named).name}'`).join(', ')}, which the scope does not have`,
    )
}
