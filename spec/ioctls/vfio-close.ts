import { blocked, each, goto, ioctl, ok, step, type H } from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { putDisplaced, type Displacing } from '../kernel/hwpt-put.ts'
import { letGo } from '../kernel/object.ts'
import { unbind, type Unbinding } from '../kernel/unbind.ts'

const params = { dev: each('device') }
type P = typeof params
type Locals = Displacing & Unbinding
const locals: Locals = { displaced: null, dev: null, vdev: null }

/** The descriptor of a bound device is closed: detach, then unbind. */
export const vfioClose = ioctl(
  'close(VFIO device)',
  params,
  {
    locals,
    steps: [
      step<P, never, Locals>('detach', ({ dev }, view, { locals }) => {
        if (!dev.in('live')) return blocked()
        view.devSet.of(dev).send({ type: 'acquire' })
        locals.dev = dev
        if (!dev.context.attached) return goto('drop bias')
        locals.displaced = detach(view, dev)
      }),
      ...putDisplaced('put attachment'),
      step<P, never, Locals>('put attachment', ({ dev }) => letGo(dev as H<'device'>)),
      ...unbind<P, Locals>((dev, view) => {
        view.devSet.of(dev).send({ type: 'release' })
        return ok()
      }),
    ],
  },
  {
    kernel: 'vfio_iommufd_physical_unbind',
    says: 'detaches the device and takes it back from the context',
  },
)
