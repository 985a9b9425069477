import { blocked, each, errno, goto, ioctl, objects, ok, step, type Errno } from '../model.ts'
import { attach, detach, replace } from '../kernel/attach.ts'
import type { AutoFails } from '../kernel/auto-domain.ts'
import { changeFails, changePt, type Changing } from '../kernel/change-pt.ts'
import { getObject, letGo } from '../kernel/object.ts'

const params = { dev: each('device'), pt: each(...objects) }
type P = typeof params
type Fails = AutoFails | 'copy_to_user'
const locals: Changing = { dev: null, pt: null, displaced: null, rc: null }

/** Attaches the RID of a device to an HWPT or to an IOAS; an attached one moves there. */
export const vfioAttach = ioctl(
  'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
  params,
  {
    fails: [...changeFails, 'copy_to_user'] as const,
    locals,
    steps: [
      step<P, Fails, Changing>('get pt', ({ dev, pt }, view, { locals }) => {
        const lock = view.devSet.of(dev)
        if (!view.ictx.only.in('open') || !lock.in('free')) return blocked()
        if (!dev.in('live')) return errno('EINVAL')
        if (!getObject(pt)) return errno('ENOENT')
        lock.send({ type: 'acquire' })
        locals.dev = dev
        locals.pt = pt
      }),
      ...changePt<P, Changing>({
        by: (dev) => (dev.context.attached ? replace : attach),
        failed: ({ dev }, view, { rc }) => {
          view.devSet.of(dev).send({ type: 'release' })
          return errno(rc as Errno)
        },
        next: 'respond',
      }),
      step<P, Fails, Changing>('respond', ({ dev }, view, call) => {
        const { locals } = call
        if (locals.rc === null && call.fails('copy_to_user')) {
          // The id of the HWPT cannot be told: the attachment is ended, whether it was made by this
          // call or moved by it.
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
  {
    kernel: 'vfio_df_ioctl_attach_pt',
    says: "attaches the device's RID, or moves its group's attachment",
  },
)
