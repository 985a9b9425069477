import { the } from '../../../checker/index.ts'
import { any } from '../../errnos.ts'
import { each, errno, type Errno, type H, type Obj } from '../../model.ts'
import { getObject, putObject } from '../../kernel/object.ts'
import { iommuIoctl } from '../../path.ts'

const groupOf = (stdev: H<'selftest'>): H<'group'> => the(stdev.context.device).context.group

/**
 * Whether the core has something attached for the RID of a mock device; `iommu_attach_handle_get`.
 */
const hasHandle = (stdev: H<'selftest'>): boolean => groupOf(stdev).context.handle

/** What it has attached; null for nothing. */
const attachedDomain = (stdev: H<'selftest'>) =>
  hasHandle(stdev) ? groupOf(stdev).context.domain : null

/** Whether the device is attached to the HWPT; null where it is. */
function compare(stdev: H<'selftest'>, hwpt: Obj): Errno | null {
  if (!getObject(hwpt)) return 'ENOENT'
  const same = hwpt.kind !== 'ioas' && attachedDomain(stdev) === hwpt
  putObject(hwpt)
  return same ? null : 'EINVAL'
}

/** What both forms begin and end with. */
function check(stdev: H<'selftest'>, answer: () => Errno | null) {
  if (!getObject(stdev)) return errno('ENOENT')
  const rc = answer()
  putObject(stdev)
  if (rc !== null) return errno(rc)
}

const kernel = 'iommufd_test_pasid_check_hwpt'

/** Succeeds where the RID of a mock device is attached to the HWPT. */
export const pasidCheckHwpt = iommuIoctl(
  'IOMMU_TEST_CMD(PASID_CHECK_HWPT)',
  { stdev: each('selftest'), hwpt: each('hwptPaging', 'hwptAuto', 'hwptNested', 'ioas') },
  { run: ({ args: { stdev, hwpt } }) => check(stdev, () => compare(stdev, hwpt)) },
  {
    kernel,
    says: 'tells whether the mock device is attached to an HWPT',
    errnos: { ENOENT: any, EINVAL: any },
  },
)

/**
 * The same with 0 for an HWPT: succeeds where the RID is attached to nothing, as that of a mock
 * device never is.
 */
export const pasidCheckDetached = iommuIoctl(
  'IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)',
  { stdev: each('selftest') },
  { run: ({ args: { stdev } }) => check(stdev, () => (hasHandle(stdev) ? 'EINVAL' : null)) },
  {
    kernel,
    says: 'tells whether the mock device is attached to nothing',
    errnos: { ENOENT: any, EINVAL: any },
  },
)
