import { says } from '../../checker/index.ts'
import type { Errno, H, Sys } from '../model.ts'
import { abort, type KernelCall } from './call.ts'
import { claimDmaOwner } from './dma-owner.ts'
import { hold } from './object.ts'

/** Where a bind can fail for want of memory. */
export type BindFails = 'iommufd_object_alloc(DEVICE)' | 'iommufd_get_group'
export const bindFails = ['iommufd_object_alloc(DEVICE)', 'iommufd_get_group'] as const

/**
 * Makes the object of a device, claims its group and holds it for its driver;
 * `iommufd_device_bind`. `unfit` says why a device cannot be bound.
 */
export function bind(
  dev: H<'device'>,
  sys: Sys,
  call: KernelCall<BindFails>,
  unfit: () => Errno | null = () => null,
): Errno | null {
  if (call.fails('iommufd_object_alloc(DEVICE)')) return 'ENOMEM'
  dev.send({ type: 'alloc' })
  call.ids.take(dev)
  const refused =
    unfit() ?? group(dev, sys, call) ?? claimDmaOwner(sys, dev.context.group, 'claim', call)
  if (refused !== null) {
    abort(dev, call)
    return refused
  }
  hold(dev)
  dev.send({ type: 'finalize' })
  return null
}

/** What the context keeps of a group is made with the first of its devices; `iommufd_get_group`. */
function group(dev: H<'device'>, sys: Sys, call: KernelCall<BindFails>): Errno | null {
  const known = sys.device.some(
    says(
      'of the same group that is bound',
      (d) => d !== dev && d.context.group === dev.context.group && !d.in('free'),
    ),
  )
  return !known && call.fails('iommufd_get_group') ? 'ENOMEM' : null
}
