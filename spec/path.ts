import type { Action, ActionOptions, Args, Call, Framed, Params, Result } from '../checker/index.ts'
import { withErrnos, type Errnos } from './errnos.ts'
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

/** Something that happens in one go and needs no thread: another context, the environment. */
export const action = <P extends Params, F extends string = never>(
  name: string,
  params: P,
  body: Body<P, F> | Whole<P, F>,
  words: Words,
): Action<P> => withErrnos(anyAction(name, params, taken(body), optionsOf(words)), words)

/** A call by a thread. */
export const ioctl = <P extends Params, F extends string = never, S extends object = object>(
  name: string,
  params: P,
  body: Body<P, F> | Whole<P, F> | Framed<Kinds, P, S, F, Errno>,
  words: Words,
): Action<P> =>
  withErrnos(
    'frames' in body
      ? anyIoctl<P, F, Record<never, never>, S>(name, params, body, optionsOf(words))
      : anyIoctl(name, params, taken(body), optionsOf(words)),
    words,
  )

/** A call by a thread that there can be only while the context is open. */
export const iommuIoctl = <P extends Params, F extends string = never, S extends object = object>(
  name: string,
  params: P,
  body: Body<P, F> | Whole<P, F> | Framed<Kinds, P, S, F, Errno>,
  words: Words,
): Action<P> => ioctl(name, params, inContext(body), words)

function inContext<P extends Params, F extends string, S extends object>(
  body: Body<P, F> | Whole<P, F> | Framed<Kinds, P, S, F, Errno>,
): Whole<P, F> | Framed<Kinds, P, S, F, Errno> {
  if ('frames' in body) return { ...body, when: isOpen }
  const { run, ...rest } = typeof body === 'function' ? { run: body } : body
  return { ...rest, run: (given) => (isOpen(given.sys) ? run(given) : blocked()) }
}

const isOpen = ({ ictx }: Sys): boolean => ictx.only.in('open')
