import { frames, type Calls, type Nothing } from '../../checker/index.ts'
import { any } from '../errnos.ts'
import { each, errno, ok } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { putAttachment } from '../kernel/hwpt-put.ts'
import { iommuIoctl } from '../path.ts'

interface Detach {
  detach: Nothing
  putAttachment: Calls<typeof putAttachment>
}

/** The RID of a device can reach nothing any more. */
export const vfioDetach = iommuIoctl(
  'VFIO_DEVICE_DETACH_IOMMUFD_PT',
  { dev: each('device') },
  {
    frames: frames<Detach>(),
    start: 'detach',
    steps: {
      detach: ({ dev }, { sys, call, go }) => {
        call.lock('devSet', dev)
        const bound = dev.in('live')
        const hwpt = bound && dev.context.attached ? detach(sys, dev, call) : null
        if (hwpt !== null) return go.putAttachment({ dev, hwpt })
        call.unlock('devSet', dev)
        return bound ? ok() : errno('EINVAL')
      },
      putAttachment: {
        calls: putAttachment,
        then: ({ dev }, { call }) => {
          call.unlock('devSet', dev)
          return ok()
        },
      },
    },
  },
  {
    kernel: 'vfio_df_ioctl_detach_pt',
    says: "ends the device's attachment",
    errnos: { EINVAL: any },
  },
)
