import { the } from '../../checker/index.ts'
import type { AnyObject, H, Obj, Sys } from '../model.ts'
import { under, type KernelCall } from './call.ts'
import { releaseDmaOwner } from './dma-owner.ts'
import { letGo } from './object.ts'

/**
 * Takes the virtual device out of its vIOMMU and off its device; `iommufd_vdevice_abort`, under
 * `igroup->lock`.
 */
export function abortVdevice(vdev: H<'vdevice'>): void {
  const { viommu, device } = vdev.context
  letGo(the(viommu))
  vdev.send({ type: 'erase' })
  the(device).send({ type: 'clearVdev' })
}

/** The same where nothing is locked yet; the beginning of `iommufd_vdevice_destroy`. */
export const destroyVdevice = (vdev: H<'vdevice'>, call: KernelCall): void =>
  under(call, 'igroupLock', the(vdev.context.device).context.group, () => abortVdevice(vdev))

/** A page table leaves its address space, and lets go of it; `iommufd_hwpt_paging_destroy`. */
function removeFromIoas(ioas: H<'ioas'>, call: KernelCall): void {
  under(call, 'ioasMutex', ioas, () => undefined)
  letGo(ioas)
}

/** An object whose destruction is one step, or two: all but the test object of a mock device. */
type Simple = Exclude<Obj, H<'selftest'>>

/**
 * An object's `.destroy`, short of what a virtual device does after it has dropped the lock; see
 * `iommufd_object_ops`.
 */
export function destroyOp(object: Simple, sys: Sys, call: KernelCall): void {
  switch (object.kind) {
    case 'ioas':
      return
    case 'hwptPaging':
    case 'hwptAuto':
      return removeFromIoas(the(object.context.ioas), call)
    case 'hwptNested':
      return letGo(object.context.viommu ?? the(object.context.parent))
    case 'viommu':
      return letGo(the(object.context.hwpt))
    case 'vdevice':
      return destroyVdevice(object, call)
    case 'device':
      return releaseDmaOwner(sys, object.context.group, call)
  }
}

/** Frees the memory of an object that nobody can reach. */
export const kfree = (object: AnyObject): void => object.send({ type: 'kfree' })
