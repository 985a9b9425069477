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

/** Takes the id of a device away and gives its group back, nobody being in between; the end of `iommufd_object_remove`. */
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

/** Unbinds a device that nobody can have seen yet. */
export function unbindNow(dev: H<'device'>, view: Sys, call: KernelCall): void {
  dev.send({ type: 'dropBias' })
  dev.send({ type: 'drain' })
  removeDevice(dev, call)
  destroyDevice(dev, view)
}

/**
 * `iommufd_device_unbind`: revokes the virtual device, waits until no call holds the device, takes its id away, gives its group back. What the path
 * still has to do then is `rest`.
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
      const dev = locals.dev as H<'device'>
      dev.send({ type: 'destroying' })
      const { vdev } = dev.context
      // A DESTROY that has unlinked it already will let go of the device: the wait below is for that too.
      if (vdev === null || vdev.try({ type: 'tryInc' }) !== null) return goto('wait for device')
      locals.vdev = vdev
    }),
    step<P, never, L>('drop bias of vdevice', (_, _view, { locals }) => (locals.vdev as H<'vdevice'>).send({ type: 'dropBias' })),
    step<P, never, L>('tombstone', (_, { ictx }, { locals, ids }) => {
      const vdev = locals.vdev as H<'vdevice'>
      vdev.send({ type: 'drain' })
      letGo(vdev)
      vdev.send({ type: 'unlink' })
      ids.tombstone(vdev as Obj)
      ictx.only.send({ type: 'tombstone' })
    }),
    step<P, never, L>('destroy vdevice', (_, _view, { locals }) => abortVdevice(locals.vdev as H<'vdevice'>)),
    step<P, never, L>('put device', (_, _view, { locals }) => {
      const vdev = locals.vdev as H<'vdevice'>
      const dev = locals.dev as H<'device'>
      letGo(dev)
      wake(dev)
      kfree(vdev)
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
