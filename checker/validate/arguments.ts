import type { System } from '../system.ts'
import { madeBySystem } from './brand.ts'
import {
  anyText,
  assertValid,
  closed,
  func,
  limit,
  list,
  must,
  text,
  truth,
  whole,
} from './valid.ts'

const wrong = 'CHK021'

const driving = {
  maxMemory: limit(1).optional(),
  signal: must((v) => v instanceof AbortSignal, 'use the signal of an AbortController').optional(),
  onProgress: func.optional(),
}
const checking = closed({
  order: must((v) => v === 'breadth' || v === 'depth', "use 'breadth' or 'depth'").optional(),
  symmetry: truth.optional(),
  maxStates: limit(1).optional(),
  maxDepth: limit(0).optional(),
  ...driving,
})
const finding = closed({ maxStates: limit(1).optional(), ...driving })
const aspects = closed({
  kind: text,
  instance: must(
    (v) => v === null || (Number.isSafeInteger(v) && (v as number) >= 0),
    'use a number, or null for all',
  ),
  field: must((v) => v === null || typeof v === 'string', 'use a field, * or null'),
})

/** Refuses options of `check` that are none. */
export const assertCheckOptions = (options: unknown): void =>
  assertValid(checking, options, wrong, 'the options of check')

/** Refuses options of `quotient` that are none. */
export const assertQuotientOptions = (options: unknown): void =>
  assertValid(finding, options, wrong, 'the options of quotient')

/** Refuses what is no aspect. */
export const assertAspect = (aspect: unknown, where: string): void =>
  assertValid(aspects, aspect, wrong, where)

/** Refuses what is no list of aspects. */
export function assertAspects(value: unknown): void {
  assertValid(list, value, wrong, 'the aspects of quotient')
  for (const [i, aspect] of (value as readonly unknown[]).entries())
    assertAspect(aspect, `aspect ${i + 1} of quotient`)
}

/** Refuses what `system` has not made. */
export const assertSystem: (value: unknown, of: string) => asserts value is System = (value, of) =>
  assertValid(
    must(
      (v) => typeof v === 'object' && v !== null && madeBySystem in v,
      'use what system() has made',
    ),
    value,
    wrong,
    `the system of ${of}`,
  )

/** Refuses the number of a state that was not found. */
export const assertState = (value: unknown, found: number): void =>
  assertValid(
    must(
      (v) => Number.isSafeInteger(v) && (v as number) >= 0 && (v as number) < found,
      `use the number of a state, 0 to ${found - 1}`,
    ),
    value,
    wrong,
    'the state',
  )

export const assertText = (value: unknown, where: string): void =>
  assertValid(anyText, value, wrong, where)

/** Refuses what is no object id: they count from 1. */
export const assertId = (value: unknown): void => assertValid(whole(1), value, wrong, 'the id')

/** Refuses names of components that are none. */
export const assertComponent = (value: unknown, of: string): void =>
  assertValid(text, value, wrong, `the object of ${of}`)
