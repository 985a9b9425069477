import type { EventFrom } from 'xstate'
import type { Action, Omission, Params } from '../checker/index.ts'
import type { Kinds } from './model.ts'
import type { Living } from './transition.ts'

/** What an action sends to the objects of a kind. */
export const sends = <P extends Params, N extends Living>(
  action: Action<P>,
  kind: N,
  event: EventFrom<Kinds[N]>['type'],
): Omission => ({ action: action.name, kind, event })
