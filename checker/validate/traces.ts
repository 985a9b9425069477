import { assertValid, closed, list, must, record, text, whole } from './valid.ts'

const wrong = 'CHK021'

const isConstant = (v: unknown) => v === null || ['string', 'number', 'boolean'].includes(typeof v)
const step = closed({
  action: text,
  args: must(
    (v) => record.safeParse(v).success && Object.values(v as object).every(isConstant),
    'use arguments by name: components as text, and constants',
  ),
  outcome: text,
})

const isMap = (v: unknown) => v instanceof Map
const steps = must(
  (v) =>
    Array.isArray(v) &&
    v.every(
      (one: unknown) =>
        typeof one === 'object' &&
        one !== null &&
        ['before', 'after', 'ids'].every((part) => isMap((one as Record<string, unknown>)[part])) &&
        step.safeParse((one as Record<string, unknown>)['step']).success,
    ),
  'use what retrace() has made',
)
const retraced = closed({
  initial: must(isMap, 'use what retrace() has made'),
  init: must((v) => v === null || step.safeParse(v).success, 'use what retrace() has made'),
  steps,
  note: must((v) => typeof v === 'string', 'use what retrace() has made'),
})
const state = must(isMap, 'use a state that was read or performed')

/** Refuses what is no trace. */
export function assertTrace(value: unknown): void {
  assertValid(list, value, 'CHK016', 'the trace')
  for (const [i, one] of (value as readonly unknown[]).entries())
    assertValid(step, one, 'CHK016', `step ${i + 1} of the trace`)
}

/** Refuses arguments of a call that no trace could have. */
export const assertCall = (action: unknown, args: unknown): void =>
  assertValid(step, { action, args, outcome: 'ok' }, 'CHK016', 'the call')

/** Refuses what `retrace` has not made. */
export const assertRetraced = (value: unknown, of: string): void =>
  assertValid(retraced, value, wrong, `the trace of ${of}`)

/** Refuses steps that `retrace` has not made, and numbers that are none. */
export function assertRetracedStep(one: unknown, number: unknown, maps: readonly unknown[]): void {
  assertValid(steps, [one], wrong, 'the step of stepText')
  assertValid(whole(0), number, wrong, 'the number of stepText')
  for (const map of maps)
    assertValid(must(isMap, 'use a Map by component'), map, wrong, 'what stepText knows')
}

/** Refuses what is no list of states. */
export function assertStates(value: unknown): void {
  assertValid(list, value, wrong, 'the states')
  for (const [i, one] of (value as readonly unknown[]).entries())
    assertValid(state, one, wrong, `state ${i} of the states`)
}

/** Refuses what neither `start` nor `play` has given. */
export const assertMoment = (value: unknown): void =>
  assertValid(
    must(
      (v) =>
        typeof v === 'object' &&
        v !== null &&
        isMap((v as { state?: unknown }).state) &&
        typeof (v as { ids?: { copy?: unknown } }).ids?.copy === 'function',
      'use what start() or play() has given',
    ),
    value,
    wrong,
    'the moment of play',
  )

/** Refuses a report that `check` has not made. */
export const assertReport = (value: unknown): void =>
  assertValid(
    must(
      (v) =>
        typeof v === 'object' &&
        v !== null &&
        Array.isArray((v as { properties?: unknown }).properties),
      'use what check() has given',
    ),
    value,
    wrong,
    'the report of asExpected',
  )

/** Refuses words about a trace that are not texts. */
export const assertMeta = (value: unknown): void =>
  assertValid(
    must(
      (v) =>
        record.safeParse(v).success &&
        Object.values(v as object).every((one) => typeof one === 'string'),
      'use texts by name',
    ),
    value,
    wrong,
    'the words of toItf',
  )
