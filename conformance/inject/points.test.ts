import { describe, expect, it } from 'vitest'
import { pointOf, readingArguments } from './points.ts'
import { siteOf } from './site.ts'

const told = (name: string, frames: readonly string[]) => [
  {
    level: 5,
    text: `FAULT_INJECTION: forcing a failure.\\x0aname ${name}, interval 1, probability 0, space 0, times 1`,
  },
  { level: 4, text: 'CPU: 0 UID: 0 PID: 20 Comm: init Not tainted 7.3.4 #1 PREEMPTLAZY' },
  { level: 4, text: 'Call Trace:' },
  { level: 4, text: ' <TASK>' },
  ...['dump_stack_lvl', 'should_fail_ex', ...frames].map((frame) => ({
    level: 4,
    text: ` ? ${frame}+0x1e/0x82`,
  })),
  { level: 4, text: ' </TASK>' },
]
const pointAt = (name: string, ...frames: string[]) => {
  const site = siteOf(told(name, frames))
  return site === null ? null : pointOf(site)
}

describe('a site', () => {
  it('is the stack without what every injection has on it, and without parts that the compiler made', () => {
    const messages = told('failslab', [
      'should_failslab',
      'slab_alloc_node',
      '__kmalloc_noprof',
      'dev_iommu_get.part.0',
      'iommufd_test',
    ])
    expect(siteOf(messages)).toEqual({
      fault: 'failslab',
      stack: ['dev_iommu_get', 'iommufd_test'],
    })
  })
  it('is not known where the kernel keeps silent', () =>
    expect(siteOf([{ level: 3, text: 'kobject: -12' }])).toBeNull())
})

describe('a point of failure', () => {
  it('is told by the nearest caller', () => {
    expect(pointAt('failslab', '_iommufd_object_alloc', 'iommufd_test', 'iommufd_fops_ioctl')).toBe(
      'iommufd_object_alloc(SELFTEST)',
    )
    expect(
      pointAt('failslab', '_iommufd_object_alloc', 'iommufd_device_bind', 'iommufd_test'),
    ).toBe('iommufd_object_alloc(DEVICE)')
    expect(
      pointAt('failslab', '_iommufd_object_alloc', 'iommufd_hwpt_paging_alloc', 'iommufd_test'),
    ).toBe('_iommufd_object_alloc')
  })
  it('is told by the innermost function, whatever has been left on the stack further out', () => {
    const attach = [
      'iommufd_hw_pagetable_attach',
      'iommufd_device_change_pt',
      'iommufd_device_bind',
      'iommufd_test',
    ]
    expect(pointAt('failslab', ...attach)).toBe('kzalloc')
    expect(pointAt('failslab', 'iommufd_device_bind', 'iommufd_test')).toBe('iommufd_get_group')
  })
  it('of a copy from user space is the call’s arguments, or what the driver reads', () => {
    expect(pointAt('fail_usercopy', '_copy_from_user', 'iommufd_fops_ioctl')).toBe(readingArguments)
    const driver = [
      '__iommu_copy_struct_from_user',
      '__mock_domain_alloc_nested',
      'iommufd_hwpt_alloc',
      'iommufd_fops_ioctl',
    ]
    expect(pointAt('fail_usercopy', '_copy_from_user', ...driver)).toBe(
      'iommu_copy_struct_from_user',
    )
  })
  it('is none where the model has no such step', () =>
    expect(pointAt('failslab', 'handle_mm_fault')).toBeNull())
})
