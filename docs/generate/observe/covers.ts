import { stateNodes } from '../../../checker/inspect.ts'
import { reach } from '../../../properties/errnos.ts'
import type { Action, Property, System, View } from '../../../checker/index.ts'
import type { AnyStateNode } from 'xstate'

/** The cover of the shortest way to an object of `kind` in `state`. */
export const stateCover = (kind: string, state: string): string => `state ${kind} ${state}`
/** The cover of the shortest way to a call that succeeds and changes nothing. */
export const idleCover = (action: string): string => `idle ${action}`
/**
 * The cover of the shortest way to a call that succeeds and changes something, or that does on an
 * argument of one kind out of several.
 */
export const successCover = (action: string, param = '', kind = ''): string =>
  `success ${action}${param === '' ? '' : ` ${param}=${kind}`}`
/**
 * The cover of the shortest way to a check that ends a call, or that does with an argument of one
 * kind out of several.
 */
export const checkCover = (action: string, check: string, param = '', kind = ''): string =>
  `check ${action} ${check}${param === '' ? '' : ` ${param}=${kind}`}`
/**
 * The cover of the shortest way to an error of a call, where calls interleave, with an argument of
 * one kind out of several.
 */
export const racingCover = (action: string, errno: string, param: string, kind: string): string =>
  `racing ${action} ${errno} ${param}=${kind}`
/** Whether a cover is one of {@link checkCover}, which is no property of the system itself. */
export const isCheckCover = (id: string): boolean => id.startsWith('check ')
/** Whether a property is one that only the documents ask for. */
export const isOwn = (id: string): boolean => id.includes(' ')

/** The states of a machine that have no states within, by their dotted paths. */
const leafStates = (root: AnyStateNode): string[] =>
  [...stateNodes(root)]
    .filter((node) => node.path.length > 0 && Object.keys(node.states).length === 0)
    .map((node) => node.path.join('.'))

type Any = {
  readonly [kind: string]: {
    some(holds: (one: { in(state: string): boolean }) => boolean): boolean
  }
}

/**
 * Covers for every state of every kind of object, for the success of every call, and for errors
 * that calls which interleave can end with.
 */
export function ownCovers(system: System): Property<never>[] {
  const states = system.kinds
    .filter((kind) => kind.machine !== null && kind.count > 0)
    .flatMap(({ name, machine }) =>
      leafStates((machine as NonNullable<typeof machine>).logic.root as AnyStateNode).map(
        (state): Property<never> => ({
          kind: 'cover',
          id: stateCover(name, state),
          says: `A ${name} can be ${state}.`,
          holds: (view: View<never>) => (view as unknown as Any)[name].some((one) => one.in(state)),
        }),
      ),
    )
  const actions = [...new Set(system.operations.map(({ action }) => action))]
  return [
    ...states,
    ...actions.flatMap(successes),
    ...(system.callers > 0 ? actions.flatMap(racing) : []),
  ]
}

/** Parameters that take objects of several kinds, with each of these. */
export const various = (action: Action): { readonly param: string; readonly kind: string }[] =>
  Object.entries(action.params).flatMap(([param, p]) =>
    'each' in p && p.each.length > 1 ? p.each.map((kind) => ({ param, kind })) : [],
  )

/**
 * The steps of a path are no whole ways through a call, so that there is no cover of its checks.
 */
const racing = (action: Action): Property<never>[] =>
  various(action).flatMap(({ param, kind }) =>
    reach
      .filter(({ call }) => call === action.name)
      .map(({ errno }): Property<never> => ({
        kind: 'cover',
        id: racingCover(action.name, errno, param, kind),
        says: `${action.name} can end with ${errno} on a ${kind}.`,
        on: [action],
        outcome: errno,
        happens: ({ args }: Seen) => args[param]?.kind === kind,
      })),
  )

type Seen = {
  readonly args: { readonly [name: string]: { readonly kind: string } | undefined }
  readonly changed: boolean
}

function successes(action: Action): Property<never>[] {
  const succeeds = { kind: 'cover', on: [action], outcome: 'ok' } as const
  const changes = `${action.name} can succeed and change something.`
  return [
    {
      ...succeeds,
      id: successCover(action.name),
      says: changes,
      happens: ({ changed }: Seen) => changed,
    },
    {
      ...succeeds,
      id: idleCover(action.name),
      says: `${action.name} can succeed and change nothing.`,
      happens: ({ changed }: Seen) => !changed,
    },
    ...various(action).map(({ param, kind }): Property<never> => ({
      ...succeeds,
      id: successCover(action.name, param, kind),
      says: changes,
      happens: ({ args, changed }: Seen) => changed && args[param]?.kind === kind,
    })),
  ]
}
