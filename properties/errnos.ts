import { allActions } from '../spec/actions.ts'
import { errnosOf, leftOutOfAll, type LeftOut } from '../spec/errnos.ts'
import type { Errno } from '../machines/errno.ts'
import type { Bounds, Profile } from '../spec/index.ts'

/** An outcome that a call can have. */
export interface Reach {
  readonly call: string
  readonly errno: Errno
  /** What the bounds and the driver must have for it, beside the call. */
  readonly needs: (bounds: Bounds, profile: Profile) => boolean
}

/** Outcomes beside success that the kernel has and the model must have. */
export const reach: readonly Reach[] = allActions.flatMap((action) =>
  Object.entries(errnosOf(action).errnos).map(([errno, needs]) => ({
    call: action.name,
    errno: errno as Errno,
    needs,
  })),
)

/** An outcome that the kernel has and the model leaves out. */
export interface Excluded extends LeftOut {
  /** The call's name; `any` for all calls. */
  readonly call: string
}

/** Outcomes that the kernel has and the model leaves out, and why. */
export const excluded: readonly Excluded[] = [
  ...leftOutOfAll.map((one) => ({ call: 'any', ...one })),
  ...allActions.flatMap((action) =>
    errnosOf(action).leftOut.map((one) => ({ call: action.name, ...one })),
  ),
]
