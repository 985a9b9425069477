import type { Action } from './action.ts'
import { callerKind, type Asked } from './caller.ts'
import { described } from './described.ts'
import { CheckerError } from './errors.ts'
import { copied, isHandle } from './handles.ts'
import { HeldLocks, type HeldLock } from './held-locks.ts'
import type { LockOrder } from './lock-order.ts'
import { WeakMark } from './model.ts'
import type { Done, Goto, Result, Wait } from './outcome.ts'
import type { Ids, Param } from './params.ts'
import { now, type LoosePath } from './path.ts'
import { Refused } from './refused.ts'
import { NullReference } from './the.ts'
import { assertOutcome } from './validate/names.ts'

/** How an operation ended: an outcome, or null where it is not enabled. */
export type Ended = string | null

/** The outcome of a step that is not the last of its path. */
const stepOutcome = 'step'

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
  readonly context: {
    readonly at: string | null
    readonly args: Data
    readonly locals: Data
    readonly asked: Asked | null
    readonly held: readonly HeldLock[]
  }
  send(event: object): void
}

/** Which points of failure fail together: at most one in a call, or any of them. */
export type Failures = 'none' | 'one' | 'any'

/** Points of failure that fail together, as one argument: `print+bind`. */
const together = '+'

/** The choices of points of failure of one run: none, each alone, and under `any` all sets. */
function choices({ name, fails }: Action, failures: Failures): readonly (string | null)[] {
  if (failures === 'one') return [null, ...fails]
  if (fails.length > mostPoints)
    throw new CheckerError(
      'CHK013',
      `${name} has ${fails.length} points of failure; at most ${mostPoints} can fail together`,
    )
  const sets = Array.from({ length: 1 << fails.length }, (_, bits) =>
    fails.filter((_, i) => ((bits >> i) & 1) === 1),
  )
  return sets
    .sort((a, b) => a.length - b.length)
    .map((set) => (set.length === 0 ? null : set.join(together)))
}
/** Points of an action that can fail in any combination: there are 2^n. */
const mostPoints = 10

/**
 * A choice of points of failure as bits, the first declared the lowest; null, the choice of none, is
 * 0.
 */
export const failureBits = ({ fails }: Action, choice: string | null): number =>
  choice === null
    ? 0
    : choice.split(together).reduce((bits, point) => bits | (1 << fails.indexOf(point)), 0)

/** The operations of an action: one, or one for each step where callers interleave. */
export function operations(
  action: Action,
  roles: readonly string[],
  failures: Failures,
  order: LockOrder,
): Operation[] {
  const fails: Operation['params'] =
    failures !== 'none' && action.fails.length > 0
      ? [{ name: failParam, param: { oneOf: choices(action, failures) } }]
      : []
  const params = Object.entries(action.params).map(([name, param]) => ({ name, param }))
  if (roles.length === 0 || !action.threaded)
    return [
      {
        name: action.name,
        action,
        params: [...params, ...fails],
        again: false,
        run: whole(action, failures, roles.length > 0, order),
      },
    ]
  const role = roleOf(action, roles)
  const idle = { name: callerKind, param: { free: role } }
  const first: Operation = {
    name: action.name,
    action,
    params: [...params, ...fails, idle],
    again: false,
    run: interleaved(action, 0, false, failures, order),
  }
  if (!action.stepwise) return [first]
  const later = action.steps.map((step, i): Operation => ({
    name: `${action.name}:${step.name}`,
    action,
    params: [{ name: callerKind, param: { each: [role] } }, ...fails],
    again: i === 0,
    run: interleaved(action, i, true, failures, order),
  }))
  return [first, ...later]
}

/** The kind of caller that runs an action: the role that it names, else the first. */
function roleOf({ name, role }: Action, roles: readonly string[]): string {
  if (role === undefined) return roles[0]
  if (roles.includes(role)) return role
  throw new CheckerError(
    'CHK011',
    `${name} is run by callers of the role '${role}'; the scope has ${roles.join(', ')}`,
  )
}

const isEnd = (value: unknown): value is Exclude<Result, void> =>
  typeof value === 'object' &&
  value !== null &&
  !isHandle(value) &&
  ['wait', 'done', 'goto'].some((how) => how in value)

/** Refuses promises (CHK007); one that fails later on is nobody's business any more. */
export function assertSynchronous(result: unknown, where: string): void {
  const isPromise =
    result instanceof Promise ||
    (typeof result === 'object' && result !== null && !isHandle(result) && 'then' in result)
  if (!isPromise) return
  if (result instanceof Promise) result.catch(() => undefined)
  throw new CheckerError('CHK007', where)
}

/** How a body says that it ends must be a code of its own; where it goes on, a step. */
function assertResult(where: string, result: Exclude<Result, void>): void {
  if ('done' in result) assertOutcome(where, result.done)
  if ('goto' in result && typeof result.goto !== 'string')
    throw new CheckerError(
      'CHK012',
      `${where} goes to ${described(result.goto)}; use the name of a step`,
    )
}

/** Runs a piece of user code; a refusal that comes through it is its outcome. */
function body(where: string, run: () => Result): Result {
  try {
    const result: unknown = run()
    assertSynchronous(result, `${where}; actions are synchronous`)
    if (result === undefined) return
    if (isEnd(result)) {
      assertResult(where, result)
      return result
    }
    throw new CheckerError(
      'CHK012',
      `${where} returned ${described(result)}; return nothing, errno(…), ok(), blocked() or goto(…)`,
    )
  } catch (error) {
    if (error instanceof NullReference) throw new NullReference(where)
    if (!(error instanceof Refused)) throw error
    if (error.breaks !== null) throw error
    error.taken = true
    return error.reason === 'blocks' ? { wait: true } : { done: error.code }
  }
}

/**
 * What engines give for {@link failParam}: the points of failure that were chosen. A look like any
 * other.
 */
export interface Choice {
  /** Whether a point is among those chosen. */
  has(point: string): boolean
  /** Whether those chosen are these and no others. */
  isExactly(points: readonly string[]): boolean
}

/**
 * The points of failure chosen for this run. A point answers once for a whole call: asked again, in
 * a later step too, it says the same. A choice that is not come to whole is no run of its own.
 */
function failure(
  action: Action,
  choice: Choice | undefined,
  failures: Failures,
  before: Asked | null,
) {
  const failed = [...(before?.failed ?? [])]
  const passed = [...(before?.passed ?? [])]
  const now: string[] = []
  const spent = failures === 'one' && failed.length > 0
  return {
    fails: (point: string) => {
      if (!action.fails.includes(point))
        throw new CheckerError(
          'CHK011',
          `${action.name} asks for the point of failure '${point}', which it does not declare`,
        )
      if (choice === undefined) return false
      if (failed.includes(point)) return true
      if (passed.includes(point)) return false
      const here = !spent && choice.has(point)
      ;(here ? failed : passed).push(point)
      if (here) now.push(point)
      return here
    },
    /** Whether the choice says more than this run has come to. */
    redundant: () =>
      choice !== undefined && !(failures === 'one' && now.length > 0) && !choice.isExactly(now),
    asked: (): Asked => ({
      failed: [...failed].sort(),
      // Where one has failed and no other may, it does not matter which have passed.
      passed: failures === 'one' && failed.length > 0 ? [] : [...passed].sort(),
    }),
  }
}

const isWait = (r: Result): r is Wait => typeof r === 'object' && 'wait' in r
const isDone = (r: Result): r is Done => typeof r === 'object' && 'done' in r
const isGoto = (r: Result): r is Goto => typeof r === 'object' && 'goto' in r

function following(action: Action, at: number, result: Result): number {
  if (!isGoto(result)) return at + 1
  if (!action.stepwise)
    throw new CheckerError(
      'CHK011',
      `${action.name} goes to the step '${result.goto}', but it is one piece; declare it with steps`,
    )
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

/** The arguments of the parameters that the action declares. */
const declaredOf = (action: Action, given: Data): Data =>
  Object.fromEntries(Object.keys(action.params).map((name) => [name, given[name]])) as Data

/** All steps at once, as one transition; beside threads where the scope has callers. */
function whole(
  action: Action,
  failures: Failures,
  beside: boolean,
  order: LockOrder,
): Operation['run'] {
  return (given, view, ids) => {
    const { fails, redundant } = failure(
      action,
      given[failParam] as Choice | undefined,
      failures,
      null,
    )
    const args = declaredOf(action, given)
    const locks = new HeldLocks(order, action.name, beside ? (view as object) : null)
    const { lock, unlock } = locks
    const call = {
      ...{ fails, ids, lock, unlock, locals: copied(action.locals) },
      now: (path: LoosePath, of: object) => now(path, of, view as object, call),
    }
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
    if (redundant()) return null
    locks.end()
    return outcome
  }
}

/**
 * One step, as a transition of a caller: one that is idle, or (`under way`) one that has come to
 * this step.
 */
function interleaved(
  action: Action,
  at: number,
  underWay: boolean,
  failures: Failures,
  order: LockOrder,
): Operation['run'] {
  const here = `${action.name}:${action.steps[at].name}`
  return (given, view, ids) => {
    const caller = given[callerKind] as CallerView
    if (underWay && caller.context.at !== here) return null
    const choice = given[failParam] as Choice | undefined
    const before = underWay && choice !== undefined ? caller.context.asked : null
    const { fails, redundant, asked } = failure(action, choice, failures, before)
    const args = underWay ? caller.context.args : declaredOf(action, given)
    const locals = copied(underWay ? caller.context.locals : (action.locals as Data))
    const held = underWay ? caller.context.held : []
    const locks = new HeldLocks(order, here, view as object, held)
    const { lock, unlock } = locks
    const call = {
      ...{ fails, ids, lock, unlock, locals },
      now: (path: LoosePath, of: object) => now(path, of, view as object, call),
    }
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
        asked: choice === undefined ? null : asked(),
        held: locks.kept(),
      })
      return stepOutcome
    }
    locks.end()
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
