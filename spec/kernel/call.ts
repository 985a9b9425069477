import type { Ids } from '../../checker/index.ts'
import type { AnyObject, Obj } from '../model.ts'

/**
 * What shared code needs of a call: its points of failure `F`, and the ids that it takes and gives
 * back.
 */
export interface KernelCall<F extends string = never> {
  fails(point: F): boolean
  readonly ids: Pick<Ids<Obj>, 'take' | 'give' | 'tombstone'>
}

/** `kfree` behind `iommufd_object_abort`: the object never was. */
export function abort(object: Obj, call: KernelCall): void {
  ;(object as AnyObject).send({ type: 'abort' })
  call.ids.give(object)
}
