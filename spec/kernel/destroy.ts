import { the, type AnyOf } from '../../checker/index.ts'
import { byKind, type AnyObject, type H, type Kinds, type ObjectKind, type Sys } from '../model.ts'
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

/** Kinds whose objects go in one step, or two: all but the test object of a mock device. */
type Simple = Exclude<ObjectKind, 'selftest'>

type DestroyOp<N extends Simple> = (object: H<N>, sys: Sys, call: KernelCall) => void

/**
 * The `.destroy` of each kind, short of what a virtual device does after it has dropped the lock;
 * see `iommufd_object_ops`.
 */
const destroyOps: { readonly [N in Simple]: DestroyOp<N> } = {
  ioas: () => {},
  hwptPaging: (hwpt, _, call) => removeFromIoas(the(hwpt.context.ioas), call),
  hwptAuto: (hwpt, _, call) => removeFromIoas(the(hwpt.context.ioas), call),
  hwptNested: ({ context: { viommu, parent } }, sys) => {
    if (viommu === null) letGo(the(parent))
    else if (sys.rule.nestedPinsViommu) letGo(viommu)
  },
  viommu: (viommu) => letGo(the(viommu.context.hwpt)),
  vdevice: (vdev, _, call) => destroyVdevice(vdev, call),
  device: (dev, sys, call) => releaseDmaOwner(sys, dev.context.group, call),
}

/** Destroys an object of any of these kinds, as its own `.destroy` does. */
export const destroyOp = (object: AnyOf<Kinds, Simple>, sys: Sys, call: KernelCall): void =>
  byKind(object, destroyOps, sys, call)

/** Frees the memory of an object that nobody can reach. */
export const kfree = (object: AnyObject): void => object.send({ type: 'kfree' })
