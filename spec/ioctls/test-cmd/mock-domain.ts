import { frames, the, type Calls, type Nothing } from '../../../checker/index.ts'
import { any, failing, faults, mappings } from '../../errnos.ts'
import { each, errno, free, objects, ok, type Errno } from '../../model.ts'
import { detach } from '../../kernel/attach.ts'
import { bind, bindFails } from '../../kernel/bind.ts'
import { abort } from '../../kernel/call.ts'
import { changeFails, changePt } from '../../kernel/change-pt.ts'
import { putDisplaced, type Dev } from '../../kernel/hwpt-put.ts'
import { getObject, letGo } from '../../kernel/object.ts'
import { unbind } from '../../kernel/unbind.ts'
import { iommuIoctl } from '../../path.ts'

interface MockDomain {
  bind: Nothing
  getPt: Dev
  changePt: Calls<typeof changePt, Dev>
  respond: Dev & { rc: Errno | null }
  putBack: Calls<typeof putDisplaced, Dev>
  unbind: Calls<typeof unbind, { rc: Errno }>
}

/**
 * Makes a mock device in a group of its own, binds it and attaches its RID; takes all back where
 * that fails.
 */
export const mockDomain = iommuIoctl(
  'IOMMU_TEST_CMD(MOCK_DOMAIN)',
  { as: free('device'), pt: each(...objects) },
  {
    fails: [
      'iommufd_object_alloc(SELFTEST)',
      'mock_dev_create',
      'iommu_probe_device',
      ...bindFails,
      ...changeFails,
      'copy_to_user',
    ],
    frames: frames<MockDomain>(),
    start: 'bind',
    steps: {
      bind: ({ as }, { sys, call, go }) => {
        if (call.fails('iommufd_object_alloc(SELFTEST)')) return errno('ENOMEM')
        const selftest = sys.selftest.of(as)
        selftest.send({ type: 'alloc', device: as })
        call.ids.take(selftest)
        // A device that the core could not put into a group is there all the same, and is refused
        // when it is to be bound.
        const ungrouped = () => (call.fails('iommu_probe_device') ? 'EINVAL' : null)
        const refused = call.fails('mock_dev_create') ? 'ENOMEM' : bind(as, sys, call, ungrouped)
        if (refused === null) return go.getPt({ dev: as })
        abort(selftest, call)
        return errno(refused)
      },
      // From here on the device can be looked up, the test object cannot.
      getPt: ({ dev, pt }, { go }) =>
        getObject(pt)
          ? go.changePt({ dev, pt, by: 'attach' }, { dev })
          : go.unbind({ dev }, { rc: 'ENOENT' }),
      changePt: {
        calls: changePt,
        then: ({ dev, rc }, { go }) =>
          rc === null ? go.respond({ dev, rc }) : go.unbind({ dev }, { rc }),
      },
      respond: ({ dev, rc }, { sys, call, go }) => {
        if (rc === null && call.fails('copy_to_user'))
          return go.putBack({ hwpt: the(detach(sys, dev, call)) }, { dev })
        if (rc === null) {
          sys.selftest.of(dev).send({ type: 'finalize' })
          return ok()
        }
        letGo(dev)
        return go.unbind({ dev }, { rc })
      },
      putBack: {
        calls: putDisplaced,
        then: ({ dev }, { go }) => go.respond({ dev, rc: 'EFAULT' }),
      },
      unbind: {
        calls: unbind,
        then: ({ as, rc }, { sys, call }) => {
          abort(sys.selftest.of(as), call)
          return errno(rc)
        },
      },
    },
  },
  {
    kernel: 'iommufd_test_mock_domain',
    says: 'makes a mock device, bound and attached',
    errnos: { ENOENT: any, EINVAL: any, ENOMEM: failing, EFAULT: failing },
    leftOut: [
      {
        errno: 'EPERM',
        why: 'the group of a new mock device has no owner, and isolation of MSIs is not asked of it',
      },
      { errno: 'EBUSY', why: 'a new mock device is attached to nothing' },
      { errno: 'EADDRINUSE', why: mappings },
      { errno: 'ENODEV', why: faults },
    ],
  },
)
