import { the, type AnyOf } from '../../checker/index.ts'
import { byKind, type AnyObject, type H, type Kinds, type ObjectKind, type Sys } from '../model.ts'
import { releaseDmaOwner } from './dma-owner.ts'
import { letGo } from './object.ts'

/**
 * Takes the virtual device out of its vIOMMU and off its device; `iommufd_vdevice_abort`, under
 * `igroup->lock`.
 */
export function abortVdevice(vdev: H<'vdevice'>): void {
  letGo(the(vdev.context.viommu))
  vdev.send({ type: 'erase' })
  the(vdev.context.device).send({ type: 'clearVdev' })
}

/** Kinds whose objects go in one step, or two: all but the test object of a mock device. */
type Simple = Exclude<ObjectKind, 'selftest'>

/**
 * The `.destroy` of each kind, short of what a virtual device does after it has dropped the lock;
 * see `iommufd_object_ops`.
 */
const destroyOps: { readonly [N in Simple]: (object: H<N>, sys: Sys) => void } = {
  ioas: () => {},
  hwptPaging: (hwpt) => letGo(the(hwpt.context.ioas)),
  hwptAuto: (hwpt) => letGo(the(hwpt.context.ioas)),
  hwptNested: (hwpt) => letGo(hwpt.context.viommu ?? the(hwpt.context.parent)),
  viommu: (viommu) => letGo(the(viommu.context.hwpt)),
  vdevice: (vdev) => abortVdevice(vdev),
  device: (dev, sys) => releaseDmaOwner(sys, dev.context.group),
}

/** Destroys an object of any of these kinds, as its own `.destroy` does. */
export const destroyOp = (object: AnyOf<Kinds, Simple>, sys: Sys): void =>
  byKind(object, destroyOps, sys)

/** Frees the memory of an object that nobody can reach. */
export const kfree = (object: AnyObject): void => object.send({ type: 'kfree' })
