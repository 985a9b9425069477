import { goto, step, type AnyObject, type Hwpt } from '../model.ts'
import { destroyOp, kfree } from './destroy.ts'
import { letGo } from './object.ts'

/** A path that has an HWPT left to put. */
export interface Displacing {
  /** The HWPT that no device of the group is attached to any more through this call. */
  displaced: Hwpt | null
}

/**
 * Puts the reference of an attachment; true where that was the last of an automatic HWPT, whose id
 * is gone now; `iommufd_hw_pagetable_put`.
 */
export function hwptPut(hwpt: Hwpt): boolean {
  letGo(hwpt)
  return hwpt.kind === 'hwptAuto' && hwpt.try({ type: 'remove' }) === null
}

/**
 * The steps that put the displaced HWPT, destroy it where it was an automatic one's last, and go on
 * at `next`.
 */
export const putDisplaced = (next: string) =>
  [
    step<Record<never, never>, never, Displacing>('put displaced', (_, _view, { locals, ids }) => {
      const { displaced } = locals
      if (displaced !== null && hwptPut(displaced)) {
        ids.give(displaced)
        return
      }
      locals.displaced = null
      return goto(next)
    }),
    step<Record<never, never>, never, Displacing>('destroy displaced', (_, view, { locals }) => {
      const hwpt = locals.displaced as Hwpt
      ;(hwpt as AnyObject).send({ type: 'drain' })
      destroyOp(hwpt, view)
      kfree(hwpt)
      locals.displaced = null
      return goto(next)
    }),
  ] as const
