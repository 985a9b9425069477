import { CheckerError, type AnyPath, type Framed, type Params } from '../checker/index.ts'
import type { Hook } from './hooks.ts'
import { errno, type Errno, type Kinds, type Sys } from './model.ts'
import type { Body, Whole } from './path.ts'

/** How a piece of a call ends, as far as it matters here. */
type End = object | void
interface At {
  readonly sys: Sys
  readonly call: { now(path: LoosePath, args: object): object }
}
type Run = (frame: object, at: At) => End
type LooseStep = Run | { readonly calls: LoosePath; readonly then: Run }
interface Steps {
  readonly [label: string]: LooseStep
}
interface LoosePath {
  readonly begin: unknown
  readonly steps: Steps
}

const waits = (end: End) => typeof end === 'object' && 'wait' in end
const succeeded = (end: End) => typeof end !== 'object' || ('done' in end && end.done === 'ok')

/** Hooks put into the pieces of one action, and of the paths that it calls. */
export class Hooked {
  readonly #hooks: readonly Hook[]
  readonly #paths = new Map<LoosePath, LoosePath>()

  constructor(hooks: readonly Hook[]) {
    this.#hooks = hooks
  }

  /** A body in one piece. */
  whole<P extends Params, F extends string>(
    body: Body<P, F> | Whole<P, F>,
    name: string,
  ): Whole<P, F> {
    const { run, ...rest } = typeof body === 'function' ? { run: body } : body
    const loose = this.#around(
      this.#of(name, null),
      succeeded,
      (args, at) => run({ ...at, args } as never) as End,
    )
    return { ...rest, run: ({ args, ...at }) => loose(args, at as never) as never }
  }

  /** Any body. */
  body<P extends Params, F extends string, S extends object>(
    body: Body<P, F> | Whole<P, F> | Framed<Kinds, P, S, F, Errno>,
    name: string,
  ): Whole<P, F> | Framed<Kinds, P, S, F, Errno> {
    if (!('frames' in body)) return this.whole(body, name)
    const all = this.#of(name, null)
    const last = all.map(({ first: _, ...hook }) => hook)
    const steps = this.#steps(body.steps as object as Steps, (label, run) =>
      this.#around(
        label === body.start ? all : last,
        succeeded,
        this.#around(this.#of(name, label), (end) => !waits(end), run),
      ),
    )
    return { ...body, steps: steps as never }
  }

  #of(on: string | LoosePath, label: string | null): Hook[] {
    const is = (hook: Hook) =>
      typeof on === 'string' ? 'name' in hook.on && hook.on.name === on : hook.on === on
    return this.#hooks.filter((hook) => is(hook) && hook.at === label)
  }

  #steps(steps: Steps, edit: (label: string, run: Run) => Run): Steps {
    const edited = Object.entries(steps).map(([label, step]): [string, LooseStep] => [
      label,
      typeof step === 'function'
        ? edit(label, step)
        : { calls: this.#path(step.calls), then: edit(label, step.then) },
    ])
    return Object.fromEntries(edited)
  }

  /** A path is the same wherever it is called. */
  #path(path: LoosePath): LoosePath {
    let known = this.#paths.get(path)
    if (known === undefined) {
      const steps = this.#steps(path.steps, (label, run) =>
        this.#around(this.#of(path, label).map(goingOn), (end) => !waits(end), run),
      )
      known = { begin: path.begin, steps }
      this.#paths.set(path, known)
    }
    return known
  }

  #around(hooks: readonly Hook[], follows: (end: End) => boolean, run: Run): Run {
    return (args, { call, ...at }) => {
      const seen = { args, sys: at.sys }
      for (const { first } of hooks) {
        const refused = first?.(seen) ?? null
        if (refused !== null) return errno(refused)
      }
      const now: typeof call.now = (path, given) => call.now(this.#path(path), given)
      const end = run(args, { ...at, call: { ...call, now } })
      if (follows(end)) for (const { last } of hooks) last?.(seen)
      return end
    }
  }
}

/** Those who call a path could not let go of what they hold. */
const goingOn = ({ first, ...hook }: Hook): Hook => ({
  ...hook,
  first: (seen) => {
    const refused = first?.(seen) ?? null
    if (refused !== null)
      throw new CheckerError(
        'CHK012',
        `a hook before the step '${hook.at}' of a path returned '${refused}'; refuse before a step of the call`,
      )
    return null
  },
})

/** Whether an action with these steps calls a path, at any depth. */
export const callsPath = (steps: object, path: AnyPath): boolean =>
  Object.values(steps as Steps).some(
    (step) =>
      typeof step !== 'function' && (step.calls === path || callsPath(step.calls.steps, path)),
  )
