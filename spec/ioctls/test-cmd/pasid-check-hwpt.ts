import {
  blocked,
  each,
  errno,
  ioctl,
  type AnyObject,
  type Errno,
  type H,
  type Hwpt,
  type Obj,
  type Sys,
} from '../../model.ts'
import { getObject, putObject } from '../../kernel/object.ts'

const groupOf = (stdev: H<'selftest'>): H<'group'> =>
  (stdev.context.device as H<'device'>).context.group

/**
 * Whether the core has something attached for the RID of a mock device; `iommu_attach_handle_get`.
 */
const hasHandle = (stdev: H<'selftest'>): boolean => groupOf(stdev).context.handle

/** What it has attached; null for nothing. */
const attachedDomain = (stdev: H<'selftest'>): Hwpt | null =>
  hasHandle(stdev) ? (groupOf(stdev).context.domain as Hwpt) : null

/** Whether the device is attached to the HWPT; null where it is. */
function compare(stdev: H<'selftest'>, hwpt: Obj): Errno | null {
  if (!getObject(hwpt)) return 'ENOENT'
  const same = hwpt.kind !== 'ioas' && attachedDomain(stdev) === hwpt
  putObject(hwpt as AnyObject)
  return same ? null : 'EINVAL'
}

/** What both forms begin and end with. */
function check(stdev: H<'selftest'>, { ictx }: Sys, answer: () => Errno | null) {
  if (!ictx.only.in('open')) return blocked()
  if (!getObject(stdev)) return errno('ENOENT')
  const rc = answer()
  putObject(stdev)
  if (rc !== null) return errno(rc)
}

const kernel = 'iommufd_test_pasid_check_hwpt'

/** Succeeds where the RID of a mock device is attached to the HWPT. */
export const pasidCheckHwpt = ioctl(
  'IOMMU_TEST_CMD(PASID_CHECK_HWPT)',
  { stdev: each('selftest'), hwpt: each('hwptPaging', 'hwptAuto', 'hwptNested', 'ioas') },
  { run: ({ stdev, hwpt }, view) => check(stdev, view, () => compare(stdev, hwpt)) },
  { kernel, says: 'tells whether the mock device is attached to an HWPT' },
)

/**
 * The same with 0 for an HWPT: succeeds where the RID is attached to nothing, as that of a mock
 * device never is.
 */
export const pasidCheckDetached = ioctl(
  'IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)',
  { stdev: each('selftest') },
  { run: ({ stdev }, view) => check(stdev, view, () => (hasHandle(stdev) ? 'EINVAL' : null)) },
  { kernel, says: 'tells whether the mock device is attached to nothing' },
)
