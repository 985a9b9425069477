import { stateNodes } from '../../checker/machine-rules.ts'
import type { Action, Property, System, View } from '../../checker/index.ts'
import { reach } from '../../properties/errnos.ts'
import type { AnyStateNode } from 'xstate'

/** The cover of the shortest way to an object of `kind` in `state`. */
export const stateCover = (kind: string, state: string): string => `state ${kind} ${state}`
/** The cover of the shortest way to a call that succeeds and changes nothing. */
export const idleCover = (action: string): string => `idle ${action}`
/** The cover of the shortest way to a call that succeeds and changes something, or that does on an argument of one kind out of several. */
export const successCover = (action: string, param = '', kind = ''): string => `success ${action}${param === '' ? '' : ` ${param}=${kind}`}`
/** The cover of the shortest way to an error of a call on an argument of one kind out of several. */
export const errorCover = (action: string, errno: string, param: string, kind: string): string =>
  `error ${action} ${errno} ${param}=${kind}`
/** Whether a property is one that only the documents ask for. */
export const isOwn = (id: string): boolean => id.includes(' ')

/** The states of a machine that have no states within, by their dotted paths. */
export const leafStates = (root: AnyStateNode): string[] =>
  [...stateNodes(root)].filter((node) => node.path.length > 0 && Object.keys(node.states).length === 0).map((node) => node.path.join('.'))

type Any = { readonly [kind: string]: { some(holds: (one: { in(state: string): boolean }) => boolean): boolean } }

/** Covers for every state of every kind of object, for the success of every call, and for its errors on each kind of object that it takes. */
export function ownCovers(system: System): Property<never>[] {
  const states = system.kinds
    .filter((kind) => kind.machine !== null && kind.count > 0)
    .flatMap(({ name, machine }) =>
      leafStates((machine as NonNullable<typeof machine>).logic.root as AnyStateNode).map((state): Property<never> => ({
        kind: 'cover',
        id: stateCover(name, state),
        says: `A ${name} can be ${state}.`,
        holds: (view: View<never>) => (view as unknown as Any)[name].some((one) => one.in(state)),
      })),
    )
  const actions = [...new Set(system.operations.map(({ action }) => action))]
  return [...states, ...actions.flatMap(successes), ...actions.flatMap(errors)]
}

/** Parameters that take objects of several kinds, with each of these. */
const various = (action: Action): { readonly param: string; readonly kind: string }[] =>
  Object.entries(action.params).flatMap(([param, p]) => ('each' in p && p.each.length > 1 ? p.each.map((kind) => ({ param, kind })) : []))

type Seen = { readonly args: { readonly [name: string]: { readonly kind: string } | undefined }; readonly changed: boolean }

/** Where what is named can be of several kinds, an errno says little without the kind. */
function errors(action: Action): Property<never>[] {
  return various(action).flatMap(({ param, kind }) =>
    reach
      .filter(({ call }) => call === action.name)
      .map(({ errno }): Property<never> => ({
        kind: 'cover',
        id: errorCover(action.name, errno, param, kind),
        says: `${action.name} can end with ${errno} on a ${kind}.`,
        on: [action],
        outcome: errno,
        happens: ({ args }: Seen) => args[param]?.kind === kind,
      })),
  )
}

function successes(action: Action): Property<never>[] {
  const succeeds = { kind: 'cover', on: [action], outcome: 'ok' } as const
  const changes = `${action.name} can succeed and change something.`
  return [
    { ...succeeds, id: successCover(action.name), says: changes, happens: ({ changed }: Seen) => changed },
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
