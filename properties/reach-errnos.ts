import type { Property } from '../checker/index.ts'
import { actions, type Bounds, type Kinds, type Profile } from '../spec/index.ts'
import { cover } from '../spec/model.ts'
import { reach } from './errnos.ts'

/** A cover for every outcome of the table that the bounds and the driver allow. */
export const reachErrnos = (bounds: Bounds, profile: Profile): Property<Kinds>[] =>
  reach
    .filter(({ needs }) => needs === undefined || needs(bounds, profile))
    .map(({ call, errno }) =>
      cover(`reach-${call}-${errno}`.replace(/[^\w-]+/g, '_'), {
        says: `${call} can fail with ${errno}.`,
        on: actions(bounds).filter((action) => action.name === call),
        outcome: errno,
        happens: () => true,
      }),
    )
