import type { AnyObject, H, Obj, Sys } from '../model.ts'
import { releaseDmaOwner } from './dma-owner.ts'
import { letGo } from './object.ts'

/**
 * Takes the virtual device out of its vIOMMU and off its device; `iommufd_vdevice_abort`, under
 * `igroup->lock`.
 */
export function abortVdevice(vdev: H<'vdevice'>): void {
  letGo(vdev.context.viommu as H<'viommu'>)
  vdev.send({ type: 'erase' })
  ;(vdev.context.device as H<'device'>).send({ type: 'clearVdev' })
}

/** An object whose destruction is one step, or two: all but the test object of a mock device. */
type Simple = Exclude<Obj, H<'selftest'>>

/**
 * An object's `.destroy`, short of what a virtual device does after it has dropped the lock; see
 * `iommufd_object_ops`.
 */
export function destroyOp(object: Simple, view: Sys): void {
  switch (object.kind) {
    case 'ioas':
      return
    case 'hwptPaging':
    case 'hwptAuto':
      return letGo(object.context.ioas as H<'ioas'>)
    case 'hwptNested':
      return letGo(object.context.viommu ?? (object.context.parent as H<'hwptPaging'>))
    case 'viommu':
      return letGo(object.context.hwpt as H<'hwptPaging'>)
    case 'vdevice':
      return abortVdevice(object)
    case 'device':
      return releaseDmaOwner(view, object.context.group)
  }
}

/** Frees the memory of an object that nobody can reach. */
export const kfree = (object: AnyObject): void => object.send({ type: 'kfree' })
