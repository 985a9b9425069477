import type { Call, Handle, Ids, LockName } from '../../checker/index.ts'
import type { AnyObject, Kinds, Obj } from '../model.ts'

/**
 * What shared code needs of a call: its points of failure `F`, the ids that it takes and gives back,
 * its locks.
 */
export interface KernelCall<F extends string = never> {
  readonly fails: (point: F) => boolean
  readonly ids: Pick<Ids<Obj>, 'take' | 'give' | 'tombstone'>
  readonly lock: Call<Kinds, F>['lock']
  readonly unlock: Call<Kinds, F>['unlock']
}

/** What happens between `mutex_lock` and `mutex_unlock` within one step. */
export function under<R>(
  call: KernelCall,
  lock: LockName<Kinds>,
  owner: Handle<Kinds, 'device' | 'group' | 'ioas'>,
  run: () => R,
): R {
  call.lock(lock, owner)
  const result = run()
  call.unlock(lock, owner)
  return result
}

/** `kfree` behind `iommufd_object_abort`: the object never was. */
export function abort(object: Obj, call: KernelCall): void {
  kfree(object)
  call.ids.give(object)
}

const kfree = (object: AnyObject): void => object.send({ type: 'abort' })
