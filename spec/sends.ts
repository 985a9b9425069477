import type { EventFrom } from 'xstate'
import type { Action, Omission, Params } from '../checker/index.ts'
import type { Kinds } from './model.ts'
import type { Living } from './transition.ts'

/**
 * What an action sends to the objects of a kind.
 *
 * @example
 * ```ts
 * import { actions, profiles, scopes, sends } from 'iommufd-spec'
 *
 * const destroy = actions(scopes.smoke, profiles.smmuv3).find((a) => a.name === 'IOMMU_DESTROY')!
 * console.log(sends(destroy, 'viommu', 'lookup').event) // → lookup
 * ```
 */
export const sends = <P extends Params, N extends Living>(
  action: Action<P>,
  kind: N,
  event: EventFrom<Kinds[N]>['type'],
): Omission => ({ action: action.name, kind, event })
