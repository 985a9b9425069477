import {
  blocked,
  each,
  errno,
  free,
  goto,
  ioctl,
  objects,
  ok,
  step,
  type Errno,
  type H,
} from '../../model.ts'
import { attach, detach } from '../../kernel/attach.ts'
import type { AutoFails } from '../../kernel/auto-domain.ts'
import { bind, bindFails, type BindFails } from '../../kernel/bind.ts'
import { abort } from '../../kernel/call.ts'
import { changeFails, changePt, type Changing } from '../../kernel/change-pt.ts'
import { getObject, letGo } from '../../kernel/object.ts'
import { unbind, type Unbinding } from '../../kernel/unbind.ts'

const params = { as: free('device'), pt: each(...objects) }
type P = typeof params
type Fails =
  | 'iommufd_object_alloc(SELFTEST)'
  | 'mock_dev_create'
  | 'iommu_probe_device'
  | BindFails
  | AutoFails
  | 'copy_to_user'
type Locals = Changing & Unbinding
const locals: Locals = { dev: null, pt: null, displaced: null, rc: null, vdev: null }

/**
 * Makes a mock device in a group of its own, binds it and attaches its RID; takes all back where
 * that fails.
 */
export const mockDomain = ioctl(
  'IOMMU_TEST_CMD(MOCK_DOMAIN)',
  params,
  {
    fails: [
      'iommufd_object_alloc(SELFTEST)',
      'mock_dev_create',
      'iommu_probe_device',
      ...bindFails,
      ...changeFails,
      'copy_to_user',
    ] as const,
    locals,
    steps: [
      step<P, Fails, Locals>('bind', ({ as }, view, call) => {
        if (!view.ictx.only.in('open')) return blocked()
        if (call.fails('iommufd_object_alloc(SELFTEST)')) return errno('ENOMEM')
        const selftest = view.selftest.of(as)
        selftest.send({ type: 'alloc', device: as })
        call.ids.take(selftest)
        // A device that the core could not put into a group is there all the same, and is refused
        // when it is to be bound.
        const ungrouped = () => (call.fails('iommu_probe_device') ? 'EINVAL' : null)
        const refused = call.fails('mock_dev_create') ? 'ENOMEM' : bind(as, view, call, ungrouped)
        if (refused !== null) {
          abort(selftest, call)
          return errno(refused)
        }
        call.locals.dev = as
      }),
      // From here on the device can be looked up, the test object cannot.
      step<P, Fails, Locals>('get pt', ({ pt }, _, { locals }) => {
        if (!getObject(pt)) {
          locals.rc = 'ENOENT'
          return goto('drop bias')
        }
        locals.pt = pt
      }),
      ...changePt<P, Locals>({
        by: () => attach,
        failed: () => goto('drop bias'),
        next: 'respond',
      }),
      step<P, Fails, Locals>('respond', ({ as }, view, call) => {
        const { locals } = call
        const dev = locals.dev as H<'device'>
        if (locals.rc === null && call.fails('copy_to_user')) {
          locals.rc = 'EFAULT'
          locals.displaced = detach(view, dev)
          return goto('put displaced')
        }
        if (locals.rc === null) {
          view.selftest.of(as).send({ type: 'finalize' })
          return ok()
        }
        letGo(dev)
      }),
      ...unbind<P, Locals>((dev, view, call) => {
        abort(view.selftest.of(dev), call)
        return errno(call.locals.rc as Errno)
      }),
    ],
  },
  { kernel: 'iommufd_test_mock_domain', says: 'makes a mock device, bound and attached' },
)
