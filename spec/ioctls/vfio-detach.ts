import { blocked, each, errno, ioctl, ok, step } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { putDisplaced, type Displacing } from '../kernel/hwpt-put.ts'
import { letGo } from '../kernel/object.ts'

const params = { dev: each('device') }
type P = typeof params
const locals: Displacing = { displaced: null }

/** The RID of a device can reach nothing any more. */
export const vfioDetach = ioctl(
  'VFIO_DEVICE_DETACH_IOMMUFD_PT',
  params,
  {
    locals,
    steps: [
      step<P, never, Displacing>('detach', ({ dev }, view, { locals }) => {
        const lock = view.devSet.of(dev)
        if (!view.ictx.only.in('open') || !lock.in('free')) return blocked()
        if (!dev.in('live')) return errno('EINVAL')
        if (!dev.context.attached) return ok()
        lock.send({ type: 'acquire' })
        locals.displaced = detach(view, dev)
      }),
      ...putDisplaced('put attachment'),
      step<P, never, Displacing>('put attachment', ({ dev }, view) => {
        letGo(dev)
        view.devSet.of(dev).send({ type: 'release' })
      }),
    ],
  },
  { kernel: 'vfio_df_ioctl_detach_pt', says: "ends the device's attachment" },
)
