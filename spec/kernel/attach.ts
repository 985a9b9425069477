import type { Errno, H, Hwpt, Sys } from '../model.ts'
import type { KernelCall } from './call.ts'
import { attachRefusal, setDomain } from './iommu-driver.ts'
import { hold, letGo } from './object.ts'

/** Where an attachment can fail for want of memory, or in the driver. */
export type AttachFails = 'kzalloc' | 'iommu_attach_group_handle' | 'attach_dev'

/** How a change of the attachment ended, and the HWPT that is left to be put. */
export interface Change {
  readonly rc: Errno | null
  readonly displaced: Hwpt | null
}
/** A way to change it. */
export type ChangeFn = (
  view: Sys,
  dev: H<'device'>,
  hwpt: Hwpt,
  call: KernelCall<AttachFails>,
) => Change

const failed = (rc: Errno): Change => ({ rc, displaced: null })
const done: Change = { rc: null, displaced: null }

/**
 * The device's RID joins the attachment of its group, or makes it; `iommufd_hw_pagetable_attach`,
 * under `igroup->lock`.
 */
export const attach: ChangeFn = (view, dev, hwpt, call) => {
  const { group } = dev.context
  const igroup = view.igroup.of(group)
  if (call.fails('kzalloc')) return failed('ENOMEM')
  if (dev.context.attached) return failed('EBUSY')
  const current = igroup.context.hwpt
  if (current !== null && current !== hwpt) return failed('EINVAL')
  if (current === null) {
    // A handle that is reserved needs a place in the array, one that is replaced has it.
    if (call.fails('iommu_attach_group_handle')) return failed('ENOMEM')
    const refused = attachRefusal(view, group, hwpt, call)
    if (refused !== null) return failed(refused)
    setDomain(view, group, hwpt)
    group.send({ type: 'attach', domain: hwpt })
    igroup.send({ type: 'attach', hwpt })
  }
  hold(hwpt)
  dev.send({ type: 'attach' })
  return done
}

/**
 * Moves the attachment of the device's group, and the references of all its devices;
 * `iommufd_device_do_replace`, under `igroup->lock`.
 */
export const replace: ChangeFn = (view, dev, hwpt, call) => {
  const { group } = dev.context
  const igroup = view.igroup.of(group)
  const current = igroup.context.hwpt
  if (current === null || !dev.context.attached) return failed('EINVAL')
  if (current === hwpt) return done
  if (call.fails('kzalloc')) return failed('ENOMEM')
  const refused = attachRefusal(view, group, hwpt, call)
  if (refused !== null) return failed(refused)
  setDomain(view, group, hwpt)
  group.send({ type: 'replace', domain: hwpt })
  igroup.send({ type: 'replace', hwpt })
  view.device.forEach((d) => {
    if (d.context.group !== group || !d.context.attached) return
    hold(hwpt)
    if (d !== dev) letGo(current)
  })
  return { rc: null, displaced: current }
}

/**
 * The device's RID leaves the attachment of its group, the last ends it;
 * `iommufd_hw_pagetable_detach` up to the put.
 */
export function detach(view: Sys, dev: H<'device'>): Hwpt {
  const { group } = dev.context
  const igroup = view.igroup.of(group)
  const hwpt = igroup.context.hwpt as Hwpt
  const others = view.device.some(
    (d) => d !== dev && d.context.group === group && d.context.attached,
  )
  dev.send({ type: 'detach' })
  if (!others) {
    setDomain(view, group, 'blocking')
    group.send({ type: 'detach' })
    igroup.send({ type: 'detach' })
  }
  return hwpt
}
