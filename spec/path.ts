import type {
  Action,
  ActionOptions,
  Args,
  Call,
  Framed,
  Frames,
  Params,
  Result,
} from '../checker/index.ts'
import { withErrnos, type Errnos } from './errnos.ts'
import { callsPath, Hooked } from './hooked.ts'
import type { Hook } from './hooks.ts'
import {
  action as anyAction,
  blocked,
  ioctl as anyIoctl,
  type Errno,
  type Kinds,
  type Sys,
} from './model.ts'

/** What the body of a call is given. */
export interface Given<P extends Params, F extends string> {
  /** The arguments. */
  readonly args: Args<Kinds, P>
  /** The system. */
  readonly sys: Sys
  /** The call itself: where it can fail, its ids, its locks. */
  readonly call: Call<Kinds, F>
}

/** What a call says of itself, and how it can end. */
export type Words = ActionOptions & Errnos

const optionsOf = ({ errnos: _errnos, leftOut: _leftOut, ...options }: Words): ActionOptions =>
  options

/** A call in one piece. */
export type Body<P extends Params, F extends string> = (given: Given<P, F>) => Result<Errno>
/** A call in one piece that can fail. */
export interface Whole<P extends Params, F extends string> {
  /** Points at which the call can fail, where the scope has failures. */
  readonly fails?: readonly F[]
  readonly run: Body<P, NoInfer<F>>
}

const taken = <P extends Params, F extends string>(body: Body<P, F> | Whole<P, F>) => {
  const { run, fails = [] } = typeof body === 'function' ? { run: body } : body
  return {
    fails,
    run: (args: Args<Kinds, P>, sys: Sys, call: Call<Kinds, F>) => run({ args, sys, call }),
  }
}

type AnyBody<P extends Params, F extends string, S extends object> =
  Body<P, F> | Whole<P, F> | Framed<Kinds, P, S, F, Errno>

interface Made {
  readonly remake: (hooked: Hooked) => Action
  /** Its steps by label; none where it is in one piece. */
  readonly steps: object
}
const known = new WeakMap<Action, Made>()

/** Keeps how an action is made, so that a proposal can have it made with its hooks. */
function kept<A extends Action<P>, P extends Params>(
  action: A,
  body: object,
  remake: (hooked: Hooked) => Action<P>,
): A {
  const steps = 'steps' in body ? (body.steps as object) : {}
  known.set(action as Action, { remake: remake as Made['remake'], steps })
  return action
}

/** The steps of an action by label. */
export const stepsOf = (action: Action): object => known.get(action)?.steps ?? {}

/** Whether a hook is on an action, or on a path that it calls. */
export const concerns = ({ on }: Hook, action: Action): boolean =>
  'name' in on ? on.name === action.name : callsPath(stepsOf(action), on)

/** The action with the hooks on it, and on the paths that it calls; itself where there are none. */
export const hooked = (action: Action, hooks: readonly Hook[]): Action =>
  hooks.some(({ on }) => !('name' in on) || on.name === action.name)
    ? (known.get(action)?.remake(new Hooked(hooks)) ?? action)
    : action

/** Something that happens in one go and needs no thread: another context, the environment. */
export const action = <P extends Params, F extends string = never>(
  name: string,
  params: P,
  body: Body<P, F> | Whole<P, F>,
  words: Words,
): Action<P> =>
  kept(withErrnos(anyAction(name, params, taken(body), optionsOf(words)), words), body, (hooked) =>
    action(name, params, hooked.whole(body, name), words),
  )

/** A call by a thread. */
export const ioctl = <P extends Params, F extends string = never, S extends object = object>(
  name: string,
  params: P,
  body: AnyBody<P, F, S>,
  words: Words,
): Action<P> & Frames<S> =>
  kept(
    withErrnos(
      'frames' in body
        ? anyIoctl<P, F, Record<never, never>, S>(name, params, body, optionsOf(words))
        : anyIoctl(name, params, taken(body), optionsOf(words)),
      words,
    ),
    body,
    (hooked) => ioctl(name, params, hooked.body(body, name), words),
  )

/** A call by a thread that there can be only while the context is open. */
export const iommuIoctl = <P extends Params, F extends string = never, S extends object = object>(
  name: string,
  params: P,
  body: AnyBody<P, F, S>,
  words: Words,
): Action<P> & Frames<S> =>
  kept(ioctl(name, params, inContext(body), words), body, (hooked) =>
    iommuIoctl(name, params, hooked.body(body, name), words),
  )

function inContext<P extends Params, F extends string, S extends object>(
  body: AnyBody<P, F, S>,
): Whole<P, F> | Framed<Kinds, P, S, F, Errno> {
  if ('frames' in body) return { ...body, when: isOpen }
  const { run, ...rest } = typeof body === 'function' ? { run: body } : body
  return { ...rest, run: (given) => (isOpen(given.sys) ? run(given) : blocked()) }
}

const isOpen = ({ ictx }: Sys): boolean => ictx.only.in('open')
