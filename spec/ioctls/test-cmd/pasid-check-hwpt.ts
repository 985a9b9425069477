import { blocked, each, errno, ioctl, type AnyObject, type Errno, type H, type Hwpt, type Obj, type Sys } from '../../model.ts'
import { getObject, putObject } from '../../kernel/object.ts'

/** What the core has attached for the RID of a mock device; null for nothing; `iommu_attach_handle_get`. */
function attachedDomain(stdev: H<'selftest'>): Hwpt | null {
  const { handle, domain } = (stdev.context.device as H<'device'>).context.group.context
  return handle ? (domain as Hwpt) : null
}

/** Whether the device is attached to the HWPT; null where it is. */
function compare(stdev: H<'selftest'>, hwpt: Obj): Errno | null {
  if (!getObject(hwpt)) return 'ENOENT'
  const same = attachedDomain(stdev) === hwpt
  putObject(hwpt as AnyObject)
  // An id that names anything but an HWPT is EINVAL as well.
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

/** The same with 0 for an HWPT: succeeds where the RID is attached to nothing, as that of a mock device never is. */
export const pasidCheckDetached = ioctl(
  'IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)',
  { stdev: each('selftest') },
  { run: ({ stdev }, view) => check(stdev, view, () => (attachedDomain(stdev) === null ? null : 'EINVAL')) },
  { kernel, says: 'tells whether the mock device is attached to nothing' },
)
