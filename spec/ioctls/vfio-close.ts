import { frames, type Calls, type Nothing } from '../../checker/index.ts'
import { blocked, each, ok } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { unbindDetached } from '../kernel/unbind.ts'
import { ioctl } from '../path.ts'

interface Close {
  detach: Nothing
  unbind: Calls<typeof unbindDetached>
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
        const hwpt = dev.context.attached ? detach(sys, dev, call) : null
        return go.unbind({ dev, hwpt })
      },
      unbind: {
        calls: unbindDetached,
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
