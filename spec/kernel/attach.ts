import type { Errno, H, Hwpt, Sys } from '../model.ts'
import { under, type KernelCall } from './call.ts'
import { setDomain } from './iommu-driver.ts'
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
  sys: Sys,
  dev: H<'device'>,
  hwpt: Hwpt,
  call: KernelCall<AttachFails>,
) => Change

const failed = (rc: Errno): Change => ({ rc, displaced: null })
const done: Change = { rc: null, displaced: null }

/** The device's RID joins the attachment of its group, or makes it; `iommufd_hw_pagetable_attach`. */
export const attach: ChangeFn = (sys, dev, hwpt, call) => {
  const { group } = dev.context
  return under(call, 'igroupLock', group, () => {
    const igroup = sys.igroup.of(group)
    if (call.fails('kzalloc')) return failed('ENOMEM')
    if (dev.context.attached) return failed('EBUSY')
    const current = igroup.context.hwpt
    if (current !== null && current !== hwpt) return failed('EINVAL')
    if (current === null) {
      const rc = attachGroup(sys, group, hwpt, call)
      if (rc !== null) return failed(rc)
      igroup.send({ type: 'attach', hwpt })
    }
    hold(hwpt)
    dev.send({ type: 'attach' })
    return done
  })
}

/** The RIDs of a group move from the blocking domain; `iommu_attach_group_handle`. */
const attachGroup = (
  sys: Sys,
  group: H<'group'>,
  hwpt: Hwpt,
  call: KernelCall<AttachFails>,
): Errno | null =>
  under(call, 'groupMutex', group, () => {
    // A handle that is reserved needs a place in the array, one that is replaced has it.
    if (call.fails('iommu_attach_group_handle')) return 'ENOMEM'
    const refused = sys.driver.attachDev(sys, group, hwpt, call)
    if (refused !== null) return refused
    setDomain(sys, group, hwpt)
    group.send({ type: 'attach', domain: hwpt })
    return null
  })

/**
 * Moves the attachment of the device's group, and the references of all its devices;
 * `iommufd_device_do_replace`.
 */
export const replace: ChangeFn = (sys, dev, hwpt, call) => {
  const { group } = dev.context
  return under(call, 'igroupLock', group, () => {
    const igroup = sys.igroup.of(group)
    const current = igroup.context.hwpt
    if (current === null || !dev.context.attached) return failed('EINVAL')
    if (current === hwpt) return done
    if (call.fails('kzalloc')) return failed('ENOMEM')
    const rc = replaceGroup(sys, group, hwpt, call)
    if (rc !== null) return failed(rc)
    igroup.send({ type: 'replace', hwpt })
    sys.device.forEach((d) => {
      if (d.context.group !== group || !d.context.attached) return
      hold(hwpt)
      if (d !== dev) letGo(current)
    })
    return { rc: null, displaced: current }
  })
}

/** The RIDs of a group move from another attachment; `iommu_replace_group_handle`. */
const replaceGroup = (
  sys: Sys,
  group: H<'group'>,
  hwpt: Hwpt,
  call: KernelCall<AttachFails>,
): Errno | null =>
  under(call, 'groupMutex', group, () => {
    const refused = sys.driver.attachDev(sys, group, hwpt, call)
    if (refused !== null) return refused
    setDomain(sys, group, hwpt)
    group.send({ type: 'replace', domain: hwpt })
    return null
  })

/**
 * The device's RID leaves the attachment of its group, the last ends it;
 * `iommufd_hw_pagetable_detach` up to the put of the HWPT that it gives; null where nothing was
 * attached.
 */
export function detach(sys: Sys, dev: H<'device'>, call: KernelCall): Hwpt | null {
  const { group } = dev.context
  return under(call, 'igroupLock', group, () => {
    const igroup = sys.igroup.of(group)
    const { hwpt } = igroup.context
    if (hwpt === null) return null
    const others = sys.device.some(
      (d) => d !== dev && d.context.group === group && d.context.attached,
    )
    dev.send({ type: 'detach' })
    if (!others) {
      detachGroup(sys, group, call)
      igroup.send({ type: 'detach' })
    }
    return hwpt
  })
}

/** The RIDs of a group are on the blocking domain again; `iommu_detach_group_handle`. */
const detachGroup = (sys: Sys, group: H<'group'>, call: KernelCall): void =>
  under(call, 'groupMutex', group, () => {
    setDomain(sys, group, 'blocking')
    group.send({ type: 'detach' })
  })
