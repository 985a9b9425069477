import { frames, the, type Calls, type Nothing } from '../../checker/index.ts'
import { any, failing, faults, mappings } from '../errnos.ts'
import { each, errno, objects, ok, type Errno } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { changeFails, changePt } from '../kernel/change-pt.ts'
import { putDisplaced, type Dev } from '../kernel/hwpt-put.ts'
import { getObject, letGo } from '../kernel/object.ts'
import { iommuIoctl } from '../path.ts'

interface Attach {
  getPt: Nothing
  changePt: Calls<typeof changePt, Dev>
  respond: Dev & { rc: Errno | null }
  putBack: Calls<typeof putDisplaced, Dev>
}

/** Attaches the RID of a device to an HWPT or to an IOAS; an attached one moves there. */
export const vfioAttach = iommuIoctl(
  'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
  { dev: each('device'), pt: each(...objects) },
  {
    fails: [...changeFails, 'copy_to_user'],
    frames: frames<Attach>(),
    start: 'getPt',
    steps: {
      getPt: ({ dev, pt }, { sys, call, go }) => {
        call.lock('devSet', dev)
        const moves = sys.rule.secondAttach === 'moves it'
        const rc = !dev.in('live')
          ? 'EINVAL'
          : !moves && dev.context.attached
            ? 'EBUSY'
            : getObject(pt)
              ? null
              : 'ENOENT'
        if (rc === null) {
          const by = dev.context.attached ? 'replace' : 'attach'
          return go.changePt({ dev, pt, by }, { dev })
        }
        call.unlock('devSet', dev)
        return errno(rc)
      },
      changePt: {
        calls: changePt,
        then: ({ dev, rc }, { call, go }) => {
          if (rc === null) return go.respond({ dev, rc })
          call.unlock('devSet', dev)
          return errno(rc)
        },
      },
      respond: ({ dev, rc }, { sys, call, go }) => {
        // The id of the HWPT cannot be told: the attachment is ended, whether it was made by this
        // call or moved by it.
        if (rc === null && call.fails('copy_to_user'))
          return go.putBack({ hwpt: the(detach(sys, dev, call)) }, { dev })
        if (rc !== null) letGo(dev)
        call.unlock('devSet', dev)
        return rc === null ? ok() : errno(rc)
      },
      putBack: {
        calls: putDisplaced,
        then: ({ dev }, { go }) => go.respond({ dev, rc: 'EFAULT' }),
      },
    },
  },
  {
    kernel: 'vfio_df_ioctl_attach_pt',
    errnos: { ENOENT: any, EINVAL: any, ENOMEM: failing, EFAULT: failing },
    leftOut: [
      {
        errno: 'EBUSY',
        why: 'VFIO turns an attach of an attached device into a replacement; PASIDs and resets, which can be in the way, are not modelled',
      },
      { errno: 'EADDRINUSE', why: mappings },
      { errno: 'EOPNOTSUPP', why: `of \`arm_smmu_enable_iopf\`: ${faults}` },
      {
        errno: 'EINVAL',
        why: 'of arguments, of PASIDs, of another SMMU, of MSI windows, of page sizes, of devices that differ (cache coherency, PRI): none of these is modelled',
      },
    ],
    says: "attaches the device's RID, or moves its group's attachment",
  },
)
