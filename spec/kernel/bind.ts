import type { Errno, H, Sys } from '../model.ts'
import { abort, type KernelCall } from './call.ts'
import { claimDmaOwner } from './dma-owner.ts'
import { hold } from './object.ts'

/** Where a bind can fail for want of memory. */
export type BindFails = 'iommufd_object_alloc(DEVICE)' | 'iommufd_get_group'
export const bindFails = ['iommufd_object_alloc(DEVICE)', 'iommufd_get_group'] as const

/** Makes the object of a device, claims its group and holds it for its driver; `iommufd_device_bind`. */
export function bind(dev: H<'device'>, view: Sys, call: KernelCall<BindFails>): Errno | null {
  if (call.fails('iommufd_object_alloc(DEVICE)')) return 'ENOMEM'
  dev.send({ type: 'alloc' })
  call.ids.take(dev)
  const refused = call.fails('iommufd_get_group') ? 'ENOMEM' : claimDmaOwner(view, dev.context.group, 'claim')
  if (refused !== null) {
    abort(dev, call)
    return refused
  }
  hold(dev)
  dev.send({ type: 'finalize' })
  return null
}
