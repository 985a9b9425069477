import type { AnyObject } from '../model.ts'

/**
 * Takes the object that an id names for a call; false where it names none; `iommufd_get_object`.
 */
export const getObject = (object: AnyObject): boolean => object.try({ type: 'lookup' }) === null

/** A user more, who is no call; `refcount_inc` of `users`. */
export const hold = (object: AnyObject): void => object.send({ type: 'inc' })

/** A user less; `refcount_dec` of `users`. */
export const letGo = (object: AnyObject): void => object.send({ type: 'dec' })

/**
 * Takes away the id of an object that nothing else uses; the beginning of `iommufd_object_remove`.
 */
export const remove = (object: AnyObject): void => object.send({ type: 'remove' })

/** Takes away the id of an object that goes with the context; `iommufd_fops_release`. */
export const release = (object: AnyObject): void => object.send({ type: 'release' })

/** Waits until no call holds the object; `iommufd_object_dec_wait`. */
export const drain = (object: AnyObject): void => object.send({ type: 'drain' })

/**
 * Lets go of what a look-up gave: users first, then what a waiter waits for; `iommufd_put_object`.
 */
export function putObject(object: AnyObject): void {
  letGo(object)
  wake(object)
}

/** The second half of {@link putObject}. */
export const wake = (object: AnyObject): void => object.send({ type: 'wake' })
