import { blocked, each, errno, goto, ioctl, objects, ok, step, type AnyObject, type Errno, type Obj } from '../model.ts'
import { attach, detach, replace } from '../kernel/attach.ts'
import { autoGetDomain, type AutoFails } from '../kernel/auto-domain.ts'
import { putDisplaced, type Displacing } from '../kernel/hwpt-put.ts'
import { getObject, hold, letGo, wake } from '../kernel/object.ts'

const params = { dev: each('device'), pt: each(...objects) }
type P = typeof params
type Fails = AutoFails | 'copy_to_user'
interface Locals extends Displacing {
  /** What the id named, held. */
  pt: Obj | null
  rc: Errno | null
}
const locals: Locals = { pt: null, displaced: null, rc: null }
const fails = ['kzalloc', 'attach_dev', '_iommufd_object_alloc', 'domain_alloc', 'iopt_table_add_domain', 'copy_to_user'] as const

/** Attaches the RID of a device to an HWPT or to an IOAS; an attached one moves there. */
export const vfioAttach = ioctl(
  'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
  params,
  {
    fails,
    locals,
    steps: [
      step<P, Fails, Locals>('get pt', ({ dev, pt }, view, { locals }) => {
        const lock = view.devSet.of(dev)
        if (!view.ictx.only.in('open') || !lock.in('free')) return blocked()
        if (!dev.in('live')) return errno('EINVAL')
        if (!getObject(pt)) return errno('ENOENT')
        lock.send({ type: 'acquire' })
        locals.pt = pt
      }),
      step<P, Fails, Locals>('change pt', ({ dev }, view, call) => {
        const { locals } = call
        const pt = locals.pt as Obj
        const change = dev.context.attached ? replace : attach
        switch (pt.kind) {
          case 'hwptPaging':
          case 'hwptAuto':
          case 'hwptNested': {
            const { rc, displaced } = change(view, dev, pt, call)
            locals.rc = rc
            locals.displaced = displaced
            // An attach counts on the device, a replacement does not; nobody can tell when exactly.
            if (change === attach && rc === null) hold(dev)
            return
          }
          case 'ioas': {
            const changed = autoGetDomain(view, dev, pt, change, call)
            if (changed === null) return blocked()
            locals.rc = changed.rc
            locals.displaced = changed.displaced
            if (change === attach && changed.rc === null) hold(dev)
            return
          }
          default:
            locals.rc = 'EINVAL'
        }
      }),
      step<P, Fails, Locals>('put pt', (_, _view, { locals }) => letGo(locals.pt as AnyObject)),
      step<P, Fails, Locals>('wake pt', ({ dev }, view, { locals }) => {
        wake(locals.pt as AnyObject)
        locals.pt = null
        if (locals.rc !== null) {
          view.devSet.of(dev).send({ type: 'release' })
          return errno(locals.rc)
        }
        if (locals.displaced === null) return goto('respond')
      }),
      ...putDisplaced('respond'),
      step<P, Fails, Locals>('respond', ({ dev }, view, call) => {
        const { locals } = call
        if (locals.rc === null && call.fails('copy_to_user')) {
          // The id of the HWPT cannot be told: the attachment is ended, whether it was made by this call or moved by it.
          locals.rc = 'EFAULT'
          locals.displaced = detach(view, dev)
          return goto('put displaced')
        }
        if (locals.rc !== null) letGo(dev)
        view.devSet.of(dev).send({ type: 'release' })
        return locals.rc === null ? ok() : errno(locals.rc)
      }),
    ],
  },
  { kernel: 'iommufd_device_change_pt', says: "attaches the device's RID, or moves its group's attachment" },
)
