import { blocked, each, errno, goto, ioctl, objects, ok, step, type H } from '../../model.ts'
import { replace } from '../../kernel/attach.ts'
import type { AutoFails } from '../../kernel/auto-domain.ts'
import { changeFails, changePt, type Changing } from '../../kernel/change-pt.ts'
import { getObject, letGo, wake } from '../../kernel/object.ts'

const params = { stdev: each('selftest'), pt: each(...objects) }
type P = typeof params
type Fails = AutoFails | 'copy_to_user'
interface Locals extends Changing {
  /** The test object, held. */
  stdev: H<'selftest'> | null
}
const locals: Locals = { stdev: null, dev: null, pt: null, displaced: null, rc: null }

/** Moves the RID of a mock device to an HWPT or to an IOAS. */
export const mockDomainReplace = ioctl(
  'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)',
  params,
  {
    fails: [...changeFails, 'copy_to_user'] as const,
    locals,
    steps: [
      step<P, Fails, Locals>('get stdev', ({ stdev }, { ictx, iopfRwsem }, { locals }) => {
        if (!ictx.only.in('open')) return blocked()
        if (!getObject(stdev)) return errno('ENOENT')
        const dev = stdev.context.device as H<'device'>
        iopfRwsem.of(dev).send({ type: 'acquire' })
        locals.stdev = stdev
        locals.dev = dev
      }),
      step<P, Fails, Locals>('get pt', ({ pt }, _, { locals }) => {
        if (!getObject(pt)) {
          locals.rc = 'ENOENT'
          return goto('respond')
        }
        locals.pt = pt
      }),
      ...changePt<P, Locals>({ by: () => replace, failed: () => goto('respond'), next: 'respond' }),
      step<P, Fails, Locals>('respond', (_, { iopfRwsem }, call) => {
        const { locals } = call
        iopfRwsem.of(locals.dev as H<'device'>).send({ type: 'release' })
        // What could not be told has happened all the same.
        if (locals.rc === null && call.fails('copy_to_user')) locals.rc = 'EFAULT'
        letGo(locals.stdev as H<'selftest'>)
      }),
      step<P, Fails, Locals>('wake stdev', (_, _view, { locals }) => {
        wake(locals.stdev as H<'selftest'>)
        return locals.rc === null ? ok() : errno(locals.rc)
      }),
    ],
  },
  { kernel: 'iommufd_test_mock_domain_replace', says: "moves the mock device's attachment" },
)
