import type { Params, Result } from '../../checker/index.ts'
import { goto, step, type Errno, type H, type Obj, type Sys } from '../model.ts'
import type { KernelCall } from './call.ts'
import { abortVdevice, kfree } from './destroy.ts'
import { releaseDmaOwner } from './dma-owner.ts'
import { letGo, wake } from './object.ts'

/** What the steps of an unbind keep. */
export interface Unbinding {
  /** The device, when its id is gone too. */
  dev: H<'device'> | null
  /** The virtual device that goes with it. */
  vdev: H<'vdevice'> | null
}

/**
 * Takes the id of a device away and gives its group back, nobody being in between; the end of
 * `iommufd_object_remove`.
 */
function removeDevice(dev: H<'device'>, call: KernelCall): void {
  letGo(dev)
  dev.send({ type: 'unlink' })
  call.ids.give(dev)
}

/** Gives the device's group back; `iommufd_device_destroy`. */
function destroyDevice(dev: H<'device'>, view: Sys): void {
  releaseDmaOwner(view, dev.context.group)
  kfree(dev)
}

/**
 * Revokes the virtual device of a device, unless another call is about to destroy it; the beginning
 * of `iommufd_device_remove_vdev`.
 */
function revoke(dev: H<'device'>): H<'vdevice'> | null {
  dev.send({ type: 'destroying' })
  const { vdev } = dev.context
  // A DESTROY that has unlinked it already will let go of the device: the wait for the device is
  // for that too.
  return vdev === null || vdev.try({ type: 'tryInc' }) !== null ? null : vdev
}

/**
 * Waits until no call holds the virtual device, and leaves a tombstone at its id;
 * `iommufd_object_tombstone_user`.
 */
function tombstone(vdev: H<'vdevice'>, { ictx }: Sys, ids: KernelCall['ids']): void {
  vdev.send({ type: 'drain' })
  letGo(vdev)
  vdev.send({ type: 'unlink' })
  ids.tombstone(vdev as Obj)
  ictx.only.send({ type: 'tombstone' })
}

/** A virtual device that is gone lets go of its device; `iommufd_vdevice_destroy`. */
function putDevice(vdev: H<'vdevice'>, dev: H<'device'>): void {
  letGo(dev)
  wake(dev)
  kfree(vdev)
}

/** Unbinds a device where nobody can be in between; `iommufd_device_unbind`. */
export function unbindNow(dev: H<'device'>, view: Sys, call: KernelCall): void {
  dev.send({ type: 'dropBias' })
  const vdev = dev.context.waitCnt === 0 ? null : revoke(dev)
  if (vdev !== null) {
    vdev.send({ type: 'dropBias' })
    tombstone(vdev, view, call.ids)
    abortVdevice(vdev)
    putDevice(vdev, dev)
  }
  dev.send({ type: 'drain' })
  removeDevice(dev, call)
  destroyDevice(dev, view)
}

/**
 * `iommufd_device_unbind`: revokes the virtual device, waits until no call holds the device, takes
 * its id away, gives its group back. What the path still has to do then is `rest`.
 */
export const unbind = <P extends Params, L extends Unbinding>(
  rest: (dev: H<'device'>, view: Sys, call: KernelCall & { locals: L }) => Result<Errno>,
) =>
  [
    step<P, never, L>('drop bias', (_, _view, { locals }) => {
      const dev = locals.dev as H<'device'>
      dev.send({ type: 'dropBias' })
      if (dev.context.waitCnt === 0) return goto('wait for device')
    }),
    step<P, never, L>('revoke', (_, _view, { locals }) => {
      locals.vdev = revoke(locals.dev as H<'device'>)
      if (locals.vdev === null) return goto('wait for device')
    }),
    step<P, never, L>('drop bias of vdevice', (_, _view, { locals }) =>
      (locals.vdev as H<'vdevice'>).send({ type: 'dropBias' }),
    ),
    step<P, never, L>('tombstone', (_, view, { locals, ids }) =>
      tombstone(locals.vdev as H<'vdevice'>, view, ids),
    ),
    step<P, never, L>('destroy vdevice', (_, _view, { locals }) =>
      abortVdevice(locals.vdev as H<'vdevice'>),
    ),
    step<P, never, L>('put device', (_, _view, { locals }) => {
      putDevice(locals.vdev as H<'vdevice'>, locals.dev as H<'device'>)
      locals.vdev = null
    }),
    step<P, never, L>('wait for device', (_, _view, call) => {
      const dev = call.locals.dev as H<'device'>
      dev.send({ type: 'drain' })
      removeDevice(dev, call)
    }),
    step<P, never, L>('release owner', (_, view, call) => {
      const dev = call.locals.dev as H<'device'>
      destroyDevice(dev, view)
      return rest(dev, view, call)
    }),
  ] as const
