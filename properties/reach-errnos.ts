import type { Property } from '../checker/index.ts'
import { actions, type Bounds, type Kinds, type Profile } from '../spec/index.ts'
import { cover } from '../spec/model.ts'
import { reach } from './errnos.ts'

/**
 * A cover for every outcome of the table that the bounds and the driver allow, of calls that they
 * have.
 */
export function reachErrnos(bounds: Bounds, profile: Profile): Property<Kinds>[] {
  const all = actions(bounds, profile)
  return reach
    .filter(({ call, needs }) => all.some((a) => a.name === call) && needs(bounds, profile))
    .map(({ call, errno }) =>
      cover(`reach-${call}-${errno}`.replace(/[^\w-]+/g, '_'), {
        says: `${call} can fail with ${errno}.`,
        on: all.filter((action) => action.name === call),
        outcome: errno,
        happens: () => true,
      }),
    )
}
