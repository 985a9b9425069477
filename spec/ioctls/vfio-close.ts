import { frames, type Calls, type Nothing } from '../../checker/index.ts'
import { blocked, each, ok } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { putAttachment, type Dev } from '../kernel/hwpt-put.ts'
import { unbind } from '../kernel/unbind.ts'
import { ioctl } from '../path.ts'

interface Close {
  detach: Nothing
  putAttachment: Calls<typeof putAttachment, Dev>
  unbind: Calls<typeof unbind>
}

/** The descriptor of a bound device is closed: detach, then unbind. */
export const vfioClose = ioctl(
  'close(VFIO device)',
  { dev: each('device') },
  {
    frames: frames<Close>(),
    start: 'detach',
    steps: {
      detach: ({ dev }, { sys, call, go }) => {
        if (!dev.in('live')) return blocked()
        call.lock('devSet', dev)
        if (!dev.context.attached) return go.unbind({ dev })
        return go.putAttachment({ dev, hwpt: detach(sys, dev, call) }, { dev })
      },
      putAttachment: { calls: putAttachment, then: ({ dev }, { go }) => go.unbind({ dev }) },
      unbind: {
        calls: unbind,
        then: ({ dev }, { call }) => {
          call.unlock('devSet', dev)
          return ok()
        },
      },
    },
  },
  {
    kernel: 'vfio_iommufd_physical_unbind',
    says: 'detaches the device and takes it back from the context',
  },
)
