import { blocked, each, ioctl, objects, ok, step, type AnyObject, type H, type Obj } from '../model.ts'
import { destroyOp, kfree } from '../kernel/destroy.ts'
import { letGo, wake } from '../kernel/object.ts'

const params = { obj: each(...objects) }
type P = typeof params
interface Locals {
  /** The object that nobody else can reach. */
  obj: Obj | null
  /** The device that a virtual device held. */
  dev: H<'device'> | null
}
const locals: Locals = { obj: null, dev: null }

/** Destroys any object that nothing else uses. */
export const destroy = ioctl(
  'IOMMU_DESTROY',
  params,
  {
    locals,
    steps: [
      step<P, never, Locals>('unlink', ({ obj }, { ictx }, { locals, ids }) => {
        if (!ictx.only.in('open')) return blocked()
        ;(obj as AnyObject).send({ type: 'remove' })
        ids.give(obj)
        locals.obj = obj
      }),
      step<P, never, Locals>('destroy', (_, view, { locals }) => {
        const obj = locals.obj as Obj
        ;(obj as AnyObject).send({ type: 'drain' })
        if (obj.kind === 'vdevice') locals.dev = obj.context.device
        destroyOp(obj, view)
        if (obj.kind === 'vdevice') return
        kfree(obj)
        return ok()
      }),
      step<P, never, Locals>('put device', (_, _view, { locals }) => letGo(locals.dev as H<'device'>)),
      step<P, never, Locals>('wake device', (_, _view, { locals }) => {
        wake(locals.dev as H<'device'>)
        kfree(locals.obj as Obj)
      }),
    ],
  },
  { kernel: 'iommufd_object_remove', says: 'destroys an object that nothing else uses' },
)
