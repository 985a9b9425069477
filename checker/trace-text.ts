import { callerKind } from './caller.ts'
import { stableText, type Json } from './json.ts'
import type { Local } from './machine.ts'
import { kindOf } from './component-name.ts'
import { failParam } from './operation.ts'
import type { Configuration } from './reference/view.ts'
import type { TraceStep } from './report.ts'
import type { Retraced, RetracedStep } from './retrace.ts'
import { assertRetraced, assertRetracedStep } from './validate/traces.ts'

type Numbers = ReadonlyMap<string, number>

/**
 * A trace as readable text: every call with its arguments, object ids and outcome, and under it
 * what it changed.
 *
 * @example
 * ```ts
 * import { model, retrace, system, traceText } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * console.log(traceText(retrace(lamps, [{ action: 'press', args: { lamp: 'lamp[1]' }, outcome: 'ok' }])))
 * // → 1. press lamp=lamp[1] → ok
 * // → lamp[1]: off → on
 * ```
 */
export function traceText(retraced: Retraced): string {
  assertRetraced(retraced, 'traceText')
  const { initial, init, steps } = retraced
  const sorts = sortsOf(initial)
  const calls = steps.map((step, i) =>
    stepText(step, i + 1, i === 0 ? new Map() : steps[i - 1].ids, sorts),
  )
  const start = init === null ? [] : [startText(init, initial)]
  return [...start, ...(calls.length > 0 ? calls : ['   already in the initial state'])].join('\n')
}

/** Where a trace starts: of each component that could start otherwise, all that it is. */
function startText({ action, args }: TraceStep, initial: Configuration): string {
  const names = Object.keys(args)
  const lines = names.map((name) => {
    const { value, context } = initial.get(name)!
    const fields = Object.entries(context).map(([field, v]) => `, ${field} ${shown(v, new Map())}`)
    return `${name}: ${shown(value, new Map())}${fields.join('')}`
  })
  const chosen = names.map((name) => ` ${name}=${args[name]}`).join('')
  return [`  0. ${action}${chosen}`, ...lines].join('\n       ')
}

/**
 * In what a component differs from others of its kind from the beginning, by its name: `translate
 * false`.
 */
type Sorts = ReadonlyMap<string, string>

function sortsOf(initial: Configuration): Sorts {
  const differs = (kind: string, field: string) =>
    new Set(
      [...initial]
        .filter(([name]) => kindOf(name) === kind)
        .map(([, { context }]) => stableText(context[field])),
    ).size > 1
  return new Map(
    [...initial].map(([name, { context }]) => {
      const fields = Object.keys(context).filter((field) => differs(kindOf(name), field))
      return [
        name,
        fields.map((field) => `, ${field} ${shown(context[field], new Map())}`).join(''),
      ]
    }),
  )
}

/**
 * One step as readable text; `idsBefore` are the ids before it, `sorts` what tells slots of one
 * kind apart.
 *
 * @example
 * ```ts
 * import { model, retrace, stepText, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const [step] = retrace(lamps, [{ action: 'press', args: { lamp: 'lamp[0]' }, outcome: 'ok' }]).steps
 * console.log(stepText(step, 7, new Map()))
 * // → 7. press lamp=lamp[0] → ok
 * // → lamp[0]: off → on
 * ```
 */
export function stepText(
  retraced: RetracedStep,
  number: number,
  idsBefore: Numbers,
  sorts: ReadonlyMap<string, string> = new Map(),
): string {
  assertRetracedStep(retraced, number, [idsBefore, sorts])
  const { step, before, after, ids, note } = retraced
  const args = Object.entries(step.args)
    .filter(([name, value]) => !(name === failParam && value === null))
    .map(([name, value]) => ` ${name}=${argument(value, idsBefore, ids, sorts)}`)
  const known = new Map([...idsBefore, ...ids])
  const lines = [`${String(number).padStart(3)}. ${step.action}${args.join('')} → ${step.outcome}`]
  if (note !== null) lines.push(note)
  lines.push(
    ...changed(before, after).map((name) =>
      changeText(
        name,
        before.get(name)!,
        after.get(name)!,
        known,
        step.args[callerKind] === name ? callerFields : ({ context }) => context,
      ),
    ),
  )
  return lines.join('\n       ')
}

/** The components whose local states differ. */
const changed = (before: Configuration, after: Configuration): string[] =>
  [...after]
    .filter(([name, local]) => textOf(local) !== textOf(before.get(name)!))
    .map(([name]) => name)

const textOf = (local: Local) => stableText(local as unknown as Json)

function argument(value: unknown, before: Numbers, after: Numbers, sorts: Sorts): string {
  if (typeof value !== 'string') return String(value)
  const had = before.get(value)
  const has = after.get(value)
  if (has !== undefined && has !== had) return `${value} (gets id ${has}${sorts.get(value) ?? ''})`
  return had === undefined ? value : `${value} (id ${had})`
}

/** `viommu[1] (id 4): free → live, users 0 → 1`. */
function changeText(
  name: string,
  from: Local,
  to: Local,
  ids: Numbers,
  fieldsOf: (local: Local) => Local['context'],
): string {
  const [was, is] = [fieldsOf(from), fieldsOf(to)]
  const fields = [...new Set([...Object.keys(was), ...Object.keys(is)])]
  const parts = [
    arrow('', shown(from.value, ids), shown(to.value, ids)),
    ...fields.map((field) => arrow(`${field} `, shown(was[field], ids), shown(is[field], ids))),
  ]
  return filled(
    `${shown(name, ids)}:`,
    parts.filter((part) => part !== null),
  )
}

/** Under a step, lines are as long as this at most, where no single part is longer. */
const columns = 93

/**
 * A head and its parts, which go on in a line of their own, further in, where there are too many.
 */
function filled(head: string, parts: readonly string[]): string {
  const lines = [head]
  parts.forEach((part, i) => {
    const text = i === parts.length - 1 ? part : `${part},`
    const last = `${lines.at(-1)} ${text}`
    if (last.length > columns && i > 0) lines.push(`  ${text}`)
    else lines[lines.length - 1] = last
  })
  return lines.join('\n       ')
}

/** Of a caller, where it stands and the locals of its path; its arguments are those of the call. */
const callerFields = ({ context: { at, locals } }: Local): Local['context'] =>
  locals === null || Object.keys(locals).length === 0
    ? { at }
    : { at, ...(locals as Local['context']) }

const arrow = (what: string, from: string, to: string) =>
  from === to ? null : `${what}${from} → ${to}`

function shown(value: Json | undefined, ids: Numbers): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') {
    const id = ids.get(value.replace(/^~/, ''))
    return id === undefined ? value : `${value} (id ${id})`
  }
  if (Array.isArray(value)) return `[${value.map((v: Json) => shown(v, ids)).join(', ')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, v]) => `${key}: ${shown(v as Json, ids)}`)
      .join(', ')}}`
  return String(value)
}
