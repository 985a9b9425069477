import {
  blocked,
  each,
  goto,
  ioctl,
  objects,
  ok,
  step,
  type AnyObject,
  type H,
  type Obj,
} from '../model.ts'
import { detach } from '../kernel/attach.ts'
import { destroyOp, kfree } from '../kernel/destroy.ts'
import { putDisplaced, type Displacing } from '../kernel/hwpt-put.ts'
import { letGo, wake } from '../kernel/object.ts'
import { unbind, type Unbinding } from '../kernel/unbind.ts'

const params = { obj: each(...objects) }
type P = typeof params
interface Locals extends Displacing, Unbinding {
  /** The object that nobody else can reach. */
  obj: Obj | null
  /** The device that a virtual device held, or that a test object made. */
  dev: H<'device'> | null
}
const locals: Locals = { obj: null, dev: null, displaced: null, vdev: null }

/** Destroys any object that nothing else uses. */
export const destroy = ioctl(
  'IOMMU_DESTROY',
  params,
  {
    locals,
    steps: [
      step<P, never, Locals>('remove', ({ obj }, { ictx }, { locals, ids }) => {
        if (!ictx.only.in('open')) return blocked()
        ;(obj as AnyObject).send({ type: 'remove' })
        ids.give(obj)
        locals.obj = obj
      }),
      step<P, never, Locals>('destroy', (_, view, { locals }) => {
        const obj = locals.obj as Obj
        ;(obj as AnyObject).send({ type: 'drain' })
        if (obj.kind === 'selftest') {
          const dev = obj.context.device as H<'device'>
          locals.dev = dev
          locals.displaced = detach(view, dev)
          return goto('put displaced')
        }
        if (obj.kind === 'vdevice') locals.dev = obj.context.device
        destroyOp(obj, view)
        if (obj.kind === 'vdevice') return
        kfree(obj)
        return ok()
      }),
      step<P, never, Locals>('put device of vdevice', (_, _view, { locals }) =>
        letGo(locals.dev as H<'device'>),
      ),
      step<P, never, Locals>('wake device of vdevice', (_, _view, { locals }) => {
        wake(locals.dev as H<'device'>)
        kfree(locals.obj as Obj)
        return ok()
      }),
      ...putDisplaced('put attachment'),
      step<P, never, Locals>('put attachment', (_, _view, { locals }) =>
        letGo(locals.dev as H<'device'>),
      ),
      ...unbind<P, Locals>((_, _view, { locals }) => {
        kfree(locals.obj as Obj)
        return ok()
      }),
    ],
  },
  { kernel: 'iommufd_object_remove', says: 'destroys an object that nothing else uses' },
)
