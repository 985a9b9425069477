import { frames, says, type Nothing } from '../../checker/index.ts'
import { any, both, failing } from '../errnos.ts'
import { blocked, each, errno, free, ok, type Errno, type H, type Sys } from '../model.ts'
import { abort, under, type KernelCall } from '../kernel/call.ts'
import { abortVdevice } from '../kernel/destroy.ts'
import { getObject, hold, letGo, wake } from '../kernel/object.ts'
import { iommuIoctl } from '../path.ts'

type Fails = '_iommufd_object_alloc' | 'vdevice_init' | 'copy_to_user'

/** What the call holds. */
interface Viommu {
  viommu: H<'viommu'>
}
interface Both extends Viommu {
  dev: H<'device'>
}
/** How it will end. */
interface Rc {
  rc: Errno | null
}
interface VdeviceAlloc {
  getViommu: Nothing
  getDevice: Viommu
  make: Both
  putDevice: Both & Rc
  wakeDevice: Both & Rc
  putViommu: Viommu & Rc
  wakeViommu: Viommu & Rc
}

/** What happens under `igroup->lock`. */
function alloc(
  {
    viommu,
    dev,
    virtId,
    as,
  }: { viommu: H<'viommu'>; dev: H<'device'>; virtId: H<'virtId'>; as: H<'vdevice'> },
  sys: Sys,
  call: KernelCall<Fails>,
): Errno | null | 'blocked' {
  const failed = (rc: Errno): Errno => {
    abortVdevice(as)
    abort(as, call)
    return rc
  }
  if (sys.rule.noVdeviceWhileUnbinding && dev.context.destroying) return 'ENOENT'
  if (sys.rule.oneVdevicePerDevice && dev.context.vdev !== null) return 'EEXIST'
  if (call.fails('_iommufd_object_alloc')) return 'ENOMEM'
  // Another caller has taken the slot meanwhile: out of bounds until it is free.
  if (!as.in('free')) return 'blocked'
  const taken = sys.vdevice.some(
    says(
      'with this virtual id in the same vIOMMU',
      (v) => v.context.viommu === viommu && v.context.virtId === virtId,
    ),
  )
  as.send({ type: 'alloc', viommu, device: dev, virtId })
  call.ids.take(as)
  hold(viommu)
  // With several, the device goes on naming the first.
  if (sys.rule.oneVdevicePerDevice || dev.context.vdev === null)
    dev.send({ type: 'setVdev', vdev: as })
  if (sys.rule.oneDevicePerVirtualId && taken) return failed('EEXIST')
  const refused = sys.driver.vdeviceInit?.(call) ?? null
  if (refused !== null) return failed(refused)
  if (call.fails('copy_to_user')) return failed('EFAULT')
  as.send({ type: 'finalize' })
  return null
}

/** Tells a vIOMMU by which number its guest knows a device. */
export const vdeviceAlloc = iommuIoctl(
  'IOMMU_VDEVICE_ALLOC',
  {
    viommu: each('viommu'),
    dev: each('device'),
    virtId: each('virtId'),
    as: free('vdevice'),
  },
  {
    fails: ['_iommufd_object_alloc', 'vdevice_init', 'copy_to_user'],
    frames: frames<VdeviceAlloc>(),
    start: 'getViommu',
    steps: {
      getViommu: ({ viommu }, { go }) =>
        getObject(viommu) ? go.getDevice({ viommu }) : errno('ENOENT'),
      getDevice: ({ viommu, dev }, { go }) =>
        getObject(dev) ? go.make({ viommu, dev }) : go.putViommu({ viommu, rc: 'ENOENT' }),
      make: ({ viommu, dev, virtId, as }, { sys, call, go }) => {
        const rc = under(call, 'igroupLock', dev.context.group, () =>
          alloc({ viommu, dev, virtId, as }, sys, call),
        )
        if (rc === 'blocked') return blocked()
        // A new object keeps the device, by users and by wait_cnt.
        return rc === null ? go.putViommu({ viommu, rc }) : go.putDevice({ viommu, dev, rc })
      },
      putDevice: ({ viommu, dev, rc }, { go }) => {
        letGo(dev)
        return go.wakeDevice({ viommu, dev, rc })
      },
      wakeDevice: ({ viommu, dev, rc }, { go }) => {
        wake(dev)
        return go.putViommu({ viommu, rc })
      },
      putViommu: ({ viommu, rc }, { go }) => {
        letGo(viommu)
        return go.wakeViommu({ viommu, rc })
      },
      wakeViommu: ({ viommu, rc }) => {
        wake(viommu)
        return rc === null ? ok() : errno(rc)
      },
    },
  },
  {
    kernel: 'iommufd_vdevice_alloc_ioctl',
    errnos: {
      ENOENT: any,
      EEXIST: ({ vdevices }) => vdevices > 1,
      ENOMEM: failing,
      EOPNOTSUPP: both(failing, (_, { driver }) => driver.vdeviceInit !== undefined),
      EFAULT: failing,
    },
    leftOut: [
      {
        errno: 'EINVAL',
        why: 'there is one IOMMU, so a device is never behind another than the vIOMMU; a virtual id beyond `ULONG_MAX` is an argument',
      },
    ],
    says: 'makes a device known to a vIOMMU under a virtual id',
  },
)
