import { CheckerError } from './errors.ts'
import type { Goto, Wait } from './outcome.ts'
import type { Frames, Next, Returned } from './path-types.ts'
import { Refused } from './refused.ts'

/** A path without its types. */
export interface LoosePath {
  readonly begin: (args: object, go: object) => Next
  readonly steps: { readonly [label: string]: LooseStep }
}
type LooseStep = Run | { readonly calls: LoosePath; readonly then: Run }
type Run = (frame: object, at: object) => End
type End = Next | Returned<object> | Wait | { readonly done: string }

/** Where a path waits for another that it has called, and what it keeps meanwhile. */
interface Back {
  readonly to: string
  readonly kept: object
}
/** Where a path stands: the label that is next, its frame, and the paths that wait for it. */
interface Place {
  readonly label: string
  readonly frame: object
  readonly back: readonly Back[]
}
interface LooseCall {
  locals: { [name: string]: unknown }
}

/** The local under which waiting paths stand. */
const waiting = 'back'

/**
 * What the labels of a call are handed: a type alone.
 *
 * @example
 * ```ts
 * import { check, frames, model, mutex, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 *   readonly lock: typeof mutex
 * }
 * const { each, errno, ioctl, ok } = model<Kinds>()
 * interface Press {
 *   press: object
 *   leave: { pressed: boolean }
 * }
 * const press = ioctl('press', { lamp: each('lamp') }, {
 *   frames: frames<Press>(),
 *   start: 'press',
 *   steps: {
 *     press: ({ lamp }, { call, go }) => {
 *       call.lock('lock')
 *       const pressed = lamp.in('off')
 *       if (pressed) lamp.send({ type: 'press' })
 *       return go.leave({ pressed })
 *     },
 *     leave: ({ pressed }, { call }) => {
 *       call.unlock('lock')
 *       return pressed ? ok() : errno('EBUSY')
 *     },
 *   },
 * })
 * const kinds = { lamp: { machine: lamp, count: 2 }, lock: { machine: mutex, count: 1 } }
 * const report = await check(system<Kinds>({ kinds, actions: [press], callers: 2 }))
 * for (const p of report.properties) console.log(p.id, p.verdict)
 * // → accepted proved
 * // → locks proved
 * ```
 */
export const frames = <F>(): Frames<F> => ({})

/**
 * A path that others call has done its work, and gives them `returned`.
 *
 * @param returned - what its caller goes on with
 *
 * @example
 * ```ts
 * import { ret } from 'iommufd-spec/checker'
 *
 * console.log(ret({ found: 2 }).returned.found) // → 2
 * ```
 */
export const ret = <R extends object = Record<never, never>>(
  ...[returned]: keyof R extends never ? [] : [returned: R]
): Returned<R> => ({ returned: returned ?? ({} as R) })

const goes = new WeakMap<LoosePath, object>()
/** The labels of a path as functions. */
function goOf(path: LoosePath): object {
  let go = goes.get(path)
  if (go === undefined) {
    const to = (next: string, step: LooseStep) =>
      typeof step === 'function'
        ? (kept: object = {}): Next => ({ next, kept })
        : (args: object = {}, kept: object = {}): Next => ({ next, kept, args })
    go = Object.fromEntries(Object.entries(path.steps).map(([l, step]) => [l, to(l, step)]))
    goes.set(path, go)
  }
  return go
}

/** The step of a label; in plain JavaScript there may be none. */
function stepAt(path: LoosePath, label: string): LooseStep {
  const step = path.steps[label] as LooseStep | undefined
  if (step !== undefined) return step
  throw new CheckerError('CHK011', `a path goes to the label '${label}', which it does not have`)
}

const calledAt = (path: LoosePath, label: string): Exclude<LooseStep, Run> =>
  stepAt(path, label) as Exclude<LooseStep, Run>

/** The path that runs while those of `back` wait, the first of which is `root`. */
const pathAt = (root: LoosePath, back: readonly Back[]): LoosePath =>
  back.reduce((path, { to }) => calledAt(path, to).calls, root)

/**
 * Goes on from how a step of `root`, or of a path that it has called, has ended: to the next step,
 * into paths and back from them; or to the end.
 *
 * @param given - the arguments of the call, which `root` sees beside its frames
 */
function follow(
  root: LoosePath,
  from: readonly Back[],
  ended: End,
  given: object,
  sys: object,
  call: object,
): Place | Exclude<End, Next> {
  let back = from
  let end = ended
  for (;;) {
    const path = pathAt(root, back)
    if ('next' in end) {
      const step = stepAt(path, end.next)
      if (typeof step === 'function') return { label: end.next, frame: end.kept, back }
      back = [...back, { to: end.next, kept: end.kept }]
      end = step.calls.begin(end.args ?? {}, goOf(step.calls))
      continue
    }
    const last = back.at(-1)
    if (!('returned' in end) || last === undefined) return end
    back = back.slice(0, -1)
    const caller = pathAt(root, back)
    const own = back.length === 0 ? given : {}
    end = ran(
      last.to,
      calledAt(caller, last.to).then,
      { ...own, ...last.kept, ...end.returned },
      {
        sys,
        call,
        go: goOf(caller),
      },
    )
  }
}

/** How a step ends; a path says where it goes on. */
function ran(label: string, run: Run, frame: object, at: object): End {
  const end = run(frame, at) as End | undefined
  if (typeof end === 'object') return end
  throw new CheckerError(
    'CHK012',
    `the step '${label}' of a path returned ${String(end)}; return go.…(…), ret(…), ok(), errno(…) or blocked()`,
  )
}

/** Steps after which a path that is run in a single go is taken to go round in circles. */
const mostSteps = 10_000

/** Runs a path in a single go, nobody being in between; what it gives. */
export function now(root: LoosePath, args: object, sys: object, call: object): object {
  let at = follow(root, [], root.begin(args, goOf(root)), {}, sys, call)
  for (let steps = 0; 'label' in at; steps++) {
    if (steps > mostSteps)
      throw new CheckerError('CHK013', `a path goes round in circles at '${at.label}'`)
    const { label, frame, back } = at
    const path = pathAt(root, back)
    const end = ran(label, stepAt(path, label) as Run, frame, { sys, call, go: goOf(path) })
    at = follow(root, back, end, {}, sys, call)
  }
  if ('returned' in at) return at.returned
  throw new Refused('blocks', 'blocks')
}

/** A label in words: what the step is called in traces. */
const words = (label: string): string =>
  label.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)

/** The steps of a call, those of the paths that it calls among them, each once. */
export function stepsOf(steps: LoosePath['steps'], start: string) {
  const root: LoosePath = { begin: (kept) => ({ next: start, kept }), steps }
  const names = new Map<LooseStep, string>()
  const found: {
    readonly name: string
    readonly run: (...args: never[]) => Goto | Exclude<End, Next>
  }[] = []
  const visit = (path: LoosePath, labels: readonly string[]): void => {
    for (const label of labels) {
      const step = stepAt(path, label)
      if (names.has(step)) continue
      names.set(step, words(label))
      if (typeof step === 'function')
        found.push({ name: words(label), run: stepOf(root, label, names) })
      else visit(step.calls, Object.keys(step.calls.steps))
    }
  }
  const rest = Object.keys(steps).filter((label) => label !== start)
  visit(root, [start, ...rest])
  return found
}

/** A step as the checker runs it: its frame stands in the call's locals. */
function stepOf(root: LoosePath, label: string, names: ReadonlyMap<LooseStep, string>) {
  return (args: object, sys: object, call: LooseCall): Goto | Exclude<End, Next> => {
    const { [waiting]: waits = [], ...frame } = call.locals
    const back = waits as readonly Back[]
    const path = pathAt(root, back)
    const own = back.length === 0 ? args : {}
    const run = stepAt(path, label) as Run
    const end = ran(label, run, { ...own, ...frame }, { sys, call, go: goOf(path) })
    const at = follow(root, back, end, args, sys, call)
    if (!('label' in at)) return at
    for (const name of Object.keys(call.locals)) delete call.locals[name]
    if (waiting in at.frame)
      throw new CheckerError('CHK013', `'${at.label}' keeps a local called '${waiting}'; rename it`)
    Object.assign(call.locals, at.frame, at.back.length === 0 ? {} : { [waiting]: at.back })
    return { goto: names.get(stepAt(pathAt(root, at.back), at.label)) as string }
  }
}
