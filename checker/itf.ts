import { CheckerError } from './errors.ts'
import { fromItfValue, toItfValue } from './itf-values.ts'
import { stableText, type Json } from './json.ts'
import type { Local } from './machine.ts'
import type { Configuration } from './reference/view.ts'
import type { Retraced } from './retrace.ts'
import type { TraceStep } from './report.ts'
import { initAction } from './starts.ts'
import { assertText } from './validate/arguments.ts'
import { assertMeta, assertRetraced, assertStates } from './validate/traces.ts'

/** A trace in Apalache's Informal Trace Format. */
export interface Itf {
  /** What was run; texts only, as other readers of the format want them. */
  readonly '#meta': { readonly [key: string]: string }
  /** The names in every state: the call that led to it, the ids, and the components. */
  readonly vars: readonly string[]
  /** The initial state, and the one after each call. */
  readonly states: readonly { readonly [name: string]: Json }[]
}

/** A trace as it was read. */
export interface ReadItf {
  /** What was run, as the writer said. */
  readonly meta: { readonly [key: string]: string }
  /** The calls. */
  readonly trace: readonly TraceStep[]
  /** The states as they were written; hold them against a replay by {@link assertSameStates}. */
  readonly states: readonly Configuration[]
}

/** Variables beside the components: the call that led to a state, and the object ids in it. */
const callVars = ['action', 'args', 'outcome', 'ids']
const format = 'https://apalache-mc.org/docs/adr/015adr-trace.html'

/**
 * Writes a trace: every state holds the local state of every component and the call that led to it
 * (`init` in the first).
 *
 * @example
 * ```ts
 * import { model, retrace, system, toItf } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const itf = toItf(retrace(lamps, [{ action: 'press', args: { lamp: 'lamp[0]' }, outcome: 'ok' }]), { system: 'lamps' })
 * console.log(itf.vars.join(), itf.states.length) // → action,args,outcome,ids,lamp[0],lamp[1] 2
 * ```
 */
export function toItf(retraced: Retraced, meta: { readonly [key: string]: string } = {}): Itf {
  assertRetraced(retraced, 'toItf')
  assertMeta(meta)
  const { initial, init, steps } = retraced
  const first = {
    state: initial,
    action: initAction,
    args: init?.args ?? {},
    outcome: 'ok',
    ids: new Map<string, number>(),
  }
  const all = [first, ...steps.map(({ step, after, ids }) => ({ ...step, state: after, ids }))]
  return {
    '#meta': { format: 'ITF', 'format-description': format, ...meta },
    vars: [...callVars, ...initial.keys()],
    states: all.map(({ state, action, args, outcome, ids }, index) => ({
      '#meta': { index },
      ...(toItfValue({ action, args, outcome, ids: Object.fromEntries(ids) }) as {
        [name: string]: Json
      }),
      ...(toItfValue(Object.fromEntries(state) as unknown as Json) as { [name: string]: Json }),
    })),
  }
}

/**
 * Reads a trace written by {@link toItf}.
 *
 * @throws CheckerError CHK016 for text that is no such trace
 *
 * @example
 * ```ts
 * import { fromItf, model, retrace, system, toItf } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const text = JSON.stringify(toItf(retrace(lamps, [{ action: 'press', args: { lamp: 'lamp[0]' }, outcome: 'ok' }])))
 * const { trace } = fromItf(text)
 * console.log(trace[0].action, trace[0].args.lamp) // → press lamp[0]
 * ```
 */
export function fromItf(text: string): ReadItf {
  assertText(text, 'the text of fromItf')
  const itf = object(parsed(text), 'the file')
  if (!Array.isArray(itf['states']) || itf['states'].length === 0)
    throw malformed("'states' is no list of states")
  const meta = object(itf['#meta'] ?? {}, "'#meta'")
  for (const [key, value] of Object.entries(meta))
    if (typeof value !== 'string') throw malformed(`'${key}' in '#meta' is no text`)
  const states = (itf['states'] as Json[]).map((state, i) => {
    const { '#meta': _, ...vars } = object(state, `state ${i}`)
    return object(fromItfValue(vars), `state ${i}`)
  })
  return {
    meta: meta as { readonly [key: string]: string },
    trace: states
      .map((vars, i) => stepOf(vars, `state ${i}`))
      .filter(({ args }, i) => i > 0 || Object.keys(args).length > 0),
    states: states.map(
      (vars, i) =>
        new Map(
          Object.entries(vars)
            .filter(([name]) => !callVars.includes(name))
            .map(([name, value]) => [name, local(value, `${name} in state ${i}`)]),
        ),
    ),
  }
}

/**
 * Holds a performed trace against the states that were read.
 *
 * @throws CheckerError CHK017 where they differ
 *
 * @example
 * ```ts
 * import { assertSameStates, CheckerError, fromItf, model, retrace, system, toItf } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * const text = JSON.stringify(toItf(retrace(lamps, [{ action: 'press', args: { lamp: 'lamp[0]' }, outcome: 'ok' }])))
 * const { trace, states } = fromItf(text.replaceAll('"on"', '"off"'))
 * try {
 *   assertSameStates(retrace(lamps, trace), states)
 * } catch (error) {
 *   if (error instanceof CheckerError) console.log(error.code) // → CHK017
 * }
 * ```
 */
export function assertSameStates(retraced: Retraced, states: readonly Configuration[]): void {
  assertRetraced(retraced, 'assertSameStates')
  assertStates(states)
  const { initial, steps } = retraced
  if (states.length !== steps.length + 1)
    throw new CheckerError(
      'CHK017',
      `there are ${states.length} states for ${steps.length} steps; each step has one, and the beginning`,
    )
  for (const [i, state] of [initial, ...steps.map((s) => s.after)].entries()) {
    const where = i === 0 ? 'the initial state' : `the state after step ${i}`
    for (const name of new Set([...state.keys(), ...states[i].keys()])) {
      const [is, was] = [state.get(name), states[i].get(name)].map((l) =>
        l === undefined ? 'absent' : stableText(l as unknown as Json),
      )
      if (is !== was)
        throw new CheckerError('CHK017', `in ${where}, ${name} is ${is}; the trace says ${was}`)
    }
  }
}

const malformed = (what: string) =>
  new CheckerError('CHK016', `${what}; use a file that \`check\` wrote`)

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw malformed(`this is not JSON (${(error as Error).message})`)
  }
}

function object(value: Json, what: string): { readonly [key: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(`${what} is no object`)
  return value as { readonly [key: string]: Json }
}

function stepOf(
  { action, args, outcome }: { readonly [name: string]: Json },
  where: string,
): TraceStep {
  if (typeof action !== 'string' || typeof outcome !== 'string')
    throw malformed(`${where} lacks 'action' or 'outcome'`)
  const given = object(args, `'args' of ${where}`)
  for (const value of Object.values(given))
    if (typeof value === 'object' && value !== null)
      throw malformed(`'args' of ${where} holds ${JSON.stringify(value)}`)
  return { action, args: given as TraceStep['args'], outcome }
}

function local(value: Json, what: string): Local {
  const { value: at, context, status } = object(value, what)
  object(context, `the context of ${what}`)
  if (at === undefined || (status !== 'active' && status !== 'done'))
    throw malformed(`${what} is no local state`)
  return { value: at, context: context as Local['context'], status }
}
