import { says } from '../../checker/index.ts'
import {
  blocked,
  each,
  errno,
  free,
  goto,
  ioctl,
  ok,
  step,
  type Errno,
  type H,
  type Sys,
} from '../model.ts'
import { abort, type KernelCall } from '../kernel/call.ts'
import { abortVdevice } from '../kernel/destroy.ts'
import { getObject, hold, letGo, wake } from '../kernel/object.ts'

const params = {
  viommu: each('viommu'),
  dev: each('device'),
  virtId: each('virtId'),
  as: free('vdevice'),
}
type P = typeof params
type Fails = '_iommufd_object_alloc' | 'vdevice_init' | 'copy_to_user'
interface Locals {
  viommu: H<'viommu'> | null
  dev: H<'device'> | null
  rc: Errno | null
}
const locals: Locals = { viommu: null, dev: null, rc: null }

/** The checks that stand between a call and a second VDEVICE. */
export interface Checks {
  /** The device is not being unbound. */
  readonly destroying: boolean
  /** The device has no VDEVICE. */
  readonly device: boolean
  /** The vIOMMU knows no device by this virtual id. */
  readonly virtId: boolean
}

/** What happens under `igroup->lock`. */
function alloc(
  {
    viommu,
    dev,
    virtId,
    as,
  }: { viommu: H<'viommu'>; dev: H<'device'>; virtId: H<'virtId'>; as: H<'vdevice'> },
  view: Sys,
  call: KernelCall<Fails>,
  checks: Checks,
): Errno | null | 'blocked' {
  const failed = (rc: Errno): Errno => {
    abortVdevice(as)
    abort(as, call)
    return rc
  }
  if (checks.destroying && dev.context.destroying) return 'ENOENT'
  if (checks.device && dev.context.vdev !== null) return 'EEXIST'
  if (call.fails('_iommufd_object_alloc')) return 'ENOMEM'
  // Another caller has taken the slot meanwhile: out of bounds until it is free.
  if (!as.in('free')) return 'blocked'
  const taken = view.vdevice.some(
    says(
      'with this virtual id in the same vIOMMU',
      (v) => v.context.viommu === viommu && v.context.virtId === virtId,
    ),
  )
  as.send({ type: 'alloc', viommu, device: dev, virtId })
  call.ids.take(as)
  hold(viommu)
  dev.send({ type: 'setVdev', vdev: as })
  if (checks.virtId && taken) return failed('EEXIST')
  const { vdeviceInitErrno } = view.driver.only.context
  if (vdeviceInitErrno !== null && call.fails('vdevice_init')) return failed(vdeviceInitErrno)
  if (call.fails('copy_to_user')) return failed('EFAULT')
  as.send({ type: 'finalize' })
  return null
}

/**
 * IOMMU_VDEVICE_ALLOC with some of its checks; a rule of the kernel is a check that can be left
 * out.
 */
export const vdeviceAllocWith = (checks: Checks) =>
  ioctl(
    'IOMMU_VDEVICE_ALLOC',
    params,
    {
      fails: ['_iommufd_object_alloc', 'vdevice_init', 'copy_to_user'] as const,
      locals,
      steps: [
        step<P, Fails, Locals>('get viommu', ({ viommu }, { ictx }, { locals }) => {
          if (!ictx.only.in('open')) return blocked()
          if (!getObject(viommu)) return errno('ENOENT')
          locals.viommu = viommu
        }),
        step<P, Fails, Locals>('get device', ({ dev }, _, { locals }) => {
          if (getObject(dev)) {
            locals.dev = dev
            return
          }
          locals.rc = 'ENOENT'
          return goto('put viommu')
        }),
        step<P, Fails, Locals>('make', ({ viommu, dev, virtId, as }, view, call) => {
          const rc = alloc({ viommu, dev, virtId, as }, view, call, checks)
          if (rc === 'blocked') return blocked()
          call.locals.rc = rc
          if (rc === null) {
            // The new object keeps the device, by users and by wait_cnt.
            call.locals.dev = null
            return goto('put viommu')
          }
        }),
        step<P, Fails, Locals>('put device', (_, _view, { locals }) =>
          letGo(locals.dev as H<'device'>),
        ),
        step<P, Fails, Locals>('wake device', (_, _view, { locals }) => {
          wake(locals.dev as H<'device'>)
          locals.dev = null
        }),
        step<P, Fails, Locals>('put viommu', (_, _view, { locals }) =>
          letGo(locals.viommu as H<'viommu'>),
        ),
        step<P, Fails, Locals>('wake viommu', (_, _view, { locals }) => {
          wake(locals.viommu as H<'viommu'>)
          return locals.rc === null ? ok() : errno(locals.rc)
        }),
      ],
    },
    {
      kernel: 'iommufd_vdevice_alloc_ioctl',
      says: 'makes a device known to a vIOMMU under a virtual id',
    },
  )

/** Tells a vIOMMU by which number its guest knows a device. */
export const vdeviceAlloc = vdeviceAllocWith({ destroying: true, device: true, virtId: true })
