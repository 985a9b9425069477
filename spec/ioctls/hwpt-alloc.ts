import { the } from '../../checker/index.ts'
import { any, both, failing, faults, mappings } from '../errnos.ts'
import { each, errno, free, type Errno, type H, type Obj, type Sys } from '../model.ts'
import type { NestedFails as DriverFails } from '../drivers/driver.ts'
import { abort, under, type KernelCall } from '../kernel/call.ts'
import { getObject, hold, letGo, putObject } from '../kernel/object.ts'
import { iommuIoctl } from '../path.ts'

type Fails = '_iommufd_object_alloc' | 'copy_to_user'
type PagingFails = Fails | 'domain_alloc_paging_flags' | 'iopt_table_add_domain'
type NestedFails = Fails | DriverFails

/** On an IOAS: `iommufd_hwpt_paging_alloc`. */
function paging(ioas: H<'ioas'>, as: H<'hwptPaging'>, call: KernelCall<PagingFails>): Errno | null {
  const failed = (rc: Errno): Errno => {
    letGo(ioas)
    abort(as, call)
    return rc
  }
  if (call.fails('_iommufd_object_alloc')) return 'ENOMEM'
  as.send({ type: 'alloc', ioas })
  call.ids.take(as)
  hold(ioas)
  if (call.fails('domain_alloc_paging_flags')) return failed('ENOMEM')
  if (call.fails('iopt_table_add_domain')) return failed('ENOMEM')
  if (call.fails('copy_to_user')) return failed('EFAULT')
  as.send({ type: 'finalize' })
  return null
}

/**
 * On a parent, or through a vIOMMU: `iommufd_hwpt_nested_alloc`,
 * `iommufd_viommu_alloc_hwpt_nested`.
 */
function nested(
  pt: H<'hwptPaging' | 'hwptAuto' | 'viommu'>,
  as: H<'hwptNested'>,
  sys: Sys,
  call: KernelCall<NestedFails>,
): Errno | null {
  // The driver's function for a vIOMMU is another than that for a parent.
  const { allocDomainNested, domainAllocNested } = sys.driver
  const allocDomain = pt.kind === 'viommu' ? allocDomainNested : domainAllocNested
  if (allocDomain === undefined) return 'EOPNOTSUPP'
  if (pt.kind === 'hwptAuto' || (pt.kind === 'hwptPaging' && !pt.context.nestParent))
    return 'EINVAL'
  const pins = pt.kind !== 'viommu' || sys.rule.nestedPinsViommu
  const failed = (rc: Errno): Errno => {
    if (pins) letGo(pt)
    abort(as, call)
    return rc
  }
  if (call.fails('_iommufd_object_alloc')) return 'ENOMEM'
  if (pins) hold(pt)
  as.send(
    pt.kind === 'viommu'
      ? { type: 'alloc', viommu: pt, parent: the(pt.context.hwpt) }
      : { type: 'alloc', viommu: null, parent: pt },
  )
  call.ids.take(as)
  const refused = allocDomain(call)
  if (refused !== null) return failed(refused)
  if (call.fails('copy_to_user')) return failed('EFAULT')
  as.send({ type: 'finalize' })
  return null
}

/** What both forms begin and end with; `iommufd_hwpt_alloc`. */
function alloc(dev: H<'device'>, pt: Obj, branch: () => Errno | null) {
  if (!getObject(dev)) return errno('ENOENT')
  let rc: Errno | null = 'EINVAL'
  if (getObject(pt)) {
    rc = branch()
    putObject(pt)
  }
  putObject(dev)
  if (rc !== null) return errno(rc)
}

const words = { kernel: 'iommufd_hwpt_alloc' }
const dataArguments = 'what user space says of its data is no state'

/** A page table that follows an IOAS. */
export const hwptAllocPaging = iommuIoctl(
  'IOMMU_HWPT_ALLOC(PAGING)',
  {
    dev: each('device'),
    pt: each('ioas', 'vdevice', 'device', 'selftest'),
    as: free('hwptPaging'),
  },
  {
    fails: [
      '_iommufd_object_alloc',
      'domain_alloc_paging_flags',
      'iopt_table_add_domain',
      'copy_to_user',
    ],
    run: ({ args: { dev, pt, as }, call }) =>
      alloc(dev, pt, () =>
        pt.kind === 'ioas' ? under(call, 'ioasMutex', pt, () => paging(pt, as, call)) : 'EINVAL',
      ),
  },
  {
    ...words,
    says: 'makes a page table for an address space',
    errnos: { ENOENT: any, EINVAL: any, ENOMEM: failing, EFAULT: failing },
    leftOut: [
      { errno: 'EADDRINUSE', why: mappings },
      { errno: 'EOPNOTSUPP', why: 'flags other than `NEST_PARENT` are not modelled' },
      { errno: 'ENOSPC', why: 'of VMIDs, and `EBUSY` of ASIDs: SMMUv3 has enough of them' },
    ],
  },
)

/** A guest's stage 1, on a nest parent or through a vIOMMU. */
export const hwptAllocNested = iommuIoctl(
  'IOMMU_HWPT_ALLOC(NESTED)',
  {
    dev: each('device'),
    pt: each('hwptPaging', 'hwptAuto', 'viommu', 'hwptNested'),
    as: free('hwptNested'),
  },
  {
    fails: [
      '_iommufd_object_alloc',
      'iommu_copy_struct_from_user',
      'arm_smmu_validate_vste',
      'alloc_domain_nested',
      'domain_alloc_nested',
      'copy_to_user',
    ],
    run: ({ args: { dev, pt, as }, sys, call }) =>
      alloc(dev, pt, () => (pt.kind === 'hwptNested' ? 'EINVAL' : nested(pt, as, sys, call))),
  },
  {
    ...words,
    says: "makes a page table of a guest's stage 1",
    errnos: {
      ENOENT: any,
      EINVAL: any,
      EOPNOTSUPP: (_, { driver }) => driver.domainAllocNested === undefined,
      ENOMEM: failing,
      EIO: both(failing, (_, { name }) => name === 'smmuv3'),
      EFAULT: failing,
    },
    leftOut: [
      {
        errno: 'EOPNOTSUPP',
        why: `of flags and data types: ${dataArguments}; the one of a parent is modelled`,
      },
      {
        errno: 'EINVAL',
        why: `of data without a type, or a type without data: ${dataArguments}; of another IOMMU: there is one`,
      },
      { errno: 'ENOENT', why: `of a fault queue: ${faults}; the one of a device is` },
    ],
  },
)
