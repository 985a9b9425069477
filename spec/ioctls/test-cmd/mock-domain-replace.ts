import { frames, the, type Calls, type Nothing } from '../../../checker/index.ts'
import { any, failing, faults, mappings } from '../../errnos.ts'
import { each, errno, objects, ok, type Errno, type H } from '../../model.ts'
import { changeFails, changePt } from '../../kernel/change-pt.ts'
import type { Dev } from '../../kernel/hwpt-put.ts'
import { getObject, letGo, wake } from '../../kernel/object.ts'
import { iommuIoctl } from '../../path.ts'

/** The test object, held. */
interface Stdev {
  stdev: H<'selftest'>
}
/** How the call will end. */
interface Rc {
  rc: Errno | null
}
interface Replace {
  getStdev: Nothing
  getPt: Stdev & Dev
  changePt: Calls<typeof changePt, Stdev & Dev>
  respond: Stdev & Dev & Rc
  wakeStdev: Stdev & Rc
}

/** Moves the RID of a mock device to an HWPT or to an IOAS. */
export const mockDomainReplace = iommuIoctl(
  'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)',
  { stdev: each('selftest'), pt: each(...objects) },
  {
    fails: [...changeFails, 'copy_to_user'],
    frames: frames<Replace>(),
    start: 'getStdev',
    steps: {
      getStdev: ({ stdev }, { call, go }) => {
        if (!getObject(stdev)) return errno('ENOENT')
        const dev = the(stdev.context.device)
        call.lock('iopfRwsem', dev)
        return go.getPt({ stdev, dev })
      },
      getPt: ({ stdev, dev, pt }, { go }) =>
        getObject(pt)
          ? go.changePt({ dev, pt, by: 'replace' }, { stdev, dev })
          : go.respond({ stdev, dev, rc: 'ENOENT' }),
      changePt: {
        calls: changePt,
        then: ({ stdev, dev, rc }, { go }) => go.respond({ stdev, dev, rc }),
      },
      respond: ({ stdev, dev, rc }, { call, go }) => {
        call.unlock('iopfRwsem', dev)
        // What could not be told has happened all the same.
        const untold = rc === null && call.fails('copy_to_user')
        letGo(stdev)
        return go.wakeStdev({ stdev, rc: untold ? 'EFAULT' : rc })
      },
      wakeStdev: ({ stdev, rc }) => {
        wake(stdev)
        return rc === null ? ok() : errno(rc)
      },
    },
  },
  {
    kernel: 'iommufd_test_mock_domain_replace',
    says: "moves the mock device's attachment",
    errnos: { ENOENT: any, EINVAL: any, ENOMEM: failing, EFAULT: failing },
    leftOut: [
      { errno: 'EADDRINUSE', why: mappings },
      { errno: 'ENODEV', why: faults },
    ],
  },
)
