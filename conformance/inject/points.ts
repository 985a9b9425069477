import type { Site } from './site.ts'

/**
 * The step before any call of the model: its arguments are read from user space, the path of a node
 * is walked; nothing has begun. It fails with the errno of that step.
 */
export const readingArguments = 'reading arguments'
/** `iommufd_get_object` is made to find nothing, which is what an id that names nothing does. */
export const lookUp = 'iommufd_get_object'

interface Rule {
  /** A point of failure of the model. */
  readonly point: string
  /** A function of the kernel that is on the stack; with a second one, which called it. */
  readonly on: readonly [string, string?]
  /** The kind of failure; any where left out. */
  readonly fault?: string
}

const rule = (point: string, ...on: [string, string?]): Rule => ({ point, on })

/** Where the kernel comes to a point of failure of the model. */
const rules: readonly Rule[] = [
  { point: lookUp, on: ['iommufd_get_object'], fault: 'fail_iommufd' },
  { point: 'copy_to_user', on: ['iommufd_ucmd_respond'], fault: 'fail_usercopy' },
  {
    point: readingArguments,
    on: ['_copy_from_user', 'iommufd_fops_ioctl'],
    fault: 'fail_usercopy',
  },
  rule('iommu_copy_struct_from_user', '_copy_from_user', '__iommu_copy_struct_from_user'),
  rule('kzalloc', 'iommufd_fops_open'),
  rule(readingArguments, 'do_sys_openat2'),
  rule('_iommufd_object_alloc', '_iommufd_object_alloc'),
  rule('iommufd_object_alloc(DEVICE)', '_iommufd_object_alloc', 'iommufd_device_bind'),
  rule('_iommufd_object_alloc', '_iommufd_object_alloc', 'iommufd_hwpt_paging_alloc'),
  rule('iommufd_object_alloc(SELFTEST)', '_iommufd_object_alloc', 'iommufd_test'),
  rule('iommufd_get_group', 'iommufd_device_bind'),
  rule('iopt_table_enforce_dev_resv_regions', 'iopt_table_enforce_dev_resv_regions'),
  rule('iopt_table_add_domain', 'iopt_table_add_domain'),
  rule('domain_alloc_paging_flags', 'mock_domain_alloc_paging_flags'),
  rule('domain_alloc_nested', 'mock_domain_alloc_nested'),
  rule('domain_alloc_nested', '__mock_domain_alloc_nested', 'mock_domain_alloc_nested'),
  rule('alloc_domain_nested', '__mock_domain_alloc_nested', 'mock_viommu_alloc_domain_nested'),
  rule('alloc_domain_nested', 'mock_viommu_alloc_domain_nested'),
  rule('viommu_init', 'mock_viommu_init'),
  rule('iommu_attach_group_handle', 'iommu_attach_group_handle'),
  rule('kzalloc', 'iommufd_hw_pagetable_attach'),
  rule('kzalloc', 'iommufd_device_do_replace'),
  rule('kzalloc', 'iommufd_device_change_pt'),
  rule('iommu_probe_device', 'iommu_probe_device'),
  rule('mock_dev_create', 'iommufd_test'),
]

/**
 * The point of failure of the model that the kernel was at, by name; null where the model has none
 * there. The innermost function that a rule names decides, then the nearest caller: functions that
 * have returned can be left on a stack, further out than those that matter.
 */
export function pointOf({ fault, stack }: Site): string | null {
  for (const [i, name] of stack.entries()) {
    const caller = ({ on }: Rule) =>
      on[1] === undefined ? stack.length : stack.indexOf(on[1], i + 1)
    const fitting = rules.filter(
      (r) => r.on[0] === name && (r.fault ?? fault) === fault && caller(r) > i,
    )
    if (fitting.length > 0) return fitting.reduce((a, b) => (caller(b) < caller(a) ? b : a)).point
  }
  return null
}
