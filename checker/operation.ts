import type { Action } from './action.ts'
import { callerKind } from './caller.ts'
import { CheckerError } from './errors.ts'
import { WeakMark } from './model.ts'
import type { Done, Goto, Result, Wait } from './outcome.ts'
import type { Ids, Param } from './params.ts'
import { Refused } from './refused.ts'

/** How an operation ended: an outcome, or null where it is not enabled. */
export type Ended = string | null

/** The outcome of a step that is not the last of its path. */
export const stepOutcome = 'step'

/**
 * What engines run: one action, or one step of an interleaved path, with all its choices made
 * parameters.
 */
export interface Operation {
  readonly name: string
  readonly action: Action
  readonly params: readonly { readonly name: string; readonly param: Param }[]
  /** The first step of a path once more, which only `goto` leads to: few paths have it. */
  readonly again: boolean
  /**
   * Runs user code against a view. Throws CheckerErrors, and `Refused` for an event that was not
   * accepted.
   */
  readonly run: (args: Record<string, unknown>, view: unknown, ids: Ids<never>) => Ended
}

/** The name of the parameter that says which failure happens. */
export const failParam = 'fails'

type Data = Record<string, unknown>
interface CallerView {
  readonly context: { readonly at: string | null; readonly args: Data; readonly locals: Data }
  send(event: object): void
}

/** The operations of an action: one, or one for each step where callers interleave. */
export function operations(action: Action, callers: number, failures: boolean): Operation[] {
  const fails: Operation['params'] =
    failures && action.fails.length > 0
      ? [{ name: failParam, param: { oneOf: [null, ...action.fails] } }]
      : []
  const params = Object.entries(action.params).map(([name, param]) => ({ name, param }))
  if (callers === 0 || !action.threaded)
    return [
      {
        name: action.name,
        action,
        params: [...params, ...fails],
        again: false,
        run: whole(action),
      },
    ]
  const idle = { name: callerKind, param: { free: callerKind } }
  const first: Operation = {
    name: action.name,
    action,
    params: [...params, ...fails, idle],
    again: false,
    run: interleaved(action, 0, false),
  }
  if (action.steps.length === 1) return [first]
  const later = action.steps.map((step, i): Operation => ({
    name: `${action.name}:${step.name}`,
    action,
    params: [{ name: callerKind, param: { each: [callerKind] } }, ...fails],
    again: i === 0,
    run: interleaved(action, i, true),
  }))
  return [first, ...later]
}

/** Runs a piece of user code; a refusal that comes through it is its outcome. */
function body(where: string, run: () => Result): Result {
  try {
    const result: unknown = run()
    if (
      result instanceof Promise ||
      (typeof result === 'object' && result !== null && 'then' in result)
    )
      throw new CheckerError('CHK007', `${where}; actions are synchronous`)
    if (
      result !== undefined &&
      (typeof result !== 'object' ||
        result === null ||
        !('wait' in result || 'done' in result || 'goto' in result))
    )
      throw new CheckerError(
        'CHK012',
        `${where} returned ${JSON.stringify(result)}; return nothing, errno(…), ok(), blocked() or goto(…)`,
      )
    return result as Result
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.reason === 'unaccepted') throw error
    error.taken = true
    return error.reason === 'blocks' ? { wait: true } : { done: error.code }
  }
}

/**
 * What engines give for {@link failParam}: says whether a point of failure (null: none) is the one
 * chosen. A look like any other.
 */
export interface Choice {
  is(point: string | null): boolean
}

/**
 * The point of failure chosen for this run; a choice that is never come to is no run of its own.
 */
function failure(choice: Choice | undefined) {
  let failed = false
  return {
    fails: (point: string) => {
      const here = choice !== undefined && choice.is(point)
      if (here) failed = true
      return here
    },
    redundant: () => choice !== undefined && !failed && !choice.is(null),
  }
}

const isWait = (r: Result): r is Wait => typeof r === 'object' && 'wait' in r
const isDone = (r: Result): r is Done => typeof r === 'object' && 'done' in r
const isGoto = (r: Result): r is Goto => typeof r === 'object' && 'goto' in r

function following(action: Action, at: number, result: Result): number {
  if (!isGoto(result)) return at + 1
  const to = action.steps.findIndex((s) => s.name === result.goto)
  if (to < 0)
    throw new CheckerError(
      'CHK011',
      `${action.name} goes to the step '${result.goto}', which it does not have`,
    )
  return to
}

/** Steps after which a path is taken to go round in circles. */
const mostSteps = 10_000

/** All steps at once, as one transition. */
function whole(action: Action): Operation['run'] {
  return (args, view, ids) => {
    const { fails, redundant } = failure(args[failParam] as Choice | undefined)
    const call = { fails, ids, locals: { ...action.locals } }
    let at = 0
    let outcome: Ended = 'ok'
    for (let steps = 0; at < action.steps.length; steps++) {
      if (steps > mostSteps)
        throw new CheckerError(
          'CHK013',
          `${action.name} goes round in circles by goto; bound it by a local`,
        )
      const step = action.steps[at]
      const result = body(`${action.name}:${step.name}`, () =>
        step.run(args as never, view as never, call as never),
      )
      if (isWait(result)) return null
      if (isDone(result)) {
        outcome = result.done
        break
      }
      at = following(action, at, result)
    }
    return redundant() ? null : outcome
  }
}

/**
 * One step, as a transition of a caller: one that is idle, or (`under way`) one that has come to
 * this step.
 */
function interleaved(action: Action, at: number, underWay: boolean): Operation['run'] {
  const here = `${action.name}:${action.steps[at].name}`
  return (given, view, ids) => {
    const caller = given[callerKind] as CallerView
    if (underWay && caller.context.at !== here) return null
    const { fails, redundant } = failure(given[failParam] as Choice | undefined)
    const args = underWay
      ? caller.context.args
      : Object.fromEntries(Object.keys(action.params).map((name) => [name, given[name]]))
    const locals = { ...(underWay ? caller.context.locals : action.locals) }
    const call = { fails, ids, locals }
    const result = body(here, () =>
      action.steps[at].run(args as never, view as never, call as never),
    )
    if (isWait(result) || redundant()) return null
    const next = isDone(result) ? action.steps.length : following(action, at, result)
    if (next < action.steps.length) {
      caller.send({
        type: 'advance',
        at: `${action.name}:${action.steps[next].name}`,
        args: weakened(args),
        locals,
      })
      return stepOutcome
    }
    if (underWay) caller.send({ type: 'finish' })
    return isDone(result) ? result.done : 'ok'
  }
}

/** A caller names its arguments as user space does, by id: they hold nothing. */
const weakened = (args: Data): Data =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null ? new WeakMark(value) : value,
    ]),
  )
