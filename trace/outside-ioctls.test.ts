import { describe, expect, it } from 'vitest'
import { iommufdIoctls, testOps } from '../uapi/index.ts'
import { outsideIoctls, outsideOps } from './outside-ioctls.ts'
import { inModel } from './reading.ts'
import { call, device, numbered, opening, viommu } from './test/lines.ts'
import { validate } from './validate.ts'

type Lines = Parameters<typeof numbered>[0]
/** What became of the lines after those of a beginning, which must be predicted. */
function after(beginning: Lines, lines: Lines): string[] {
  const { verdicts } = validate(numbered([...beginning, ...lines]), 'mock')
  const first = verdicts.findIndex(({ line }) => line > beginning.length)
  expect(verdicts.slice(0, first).filter(({ status }) => status !== 'predicted')).toEqual([])
  return verdicts
    .slice(first)
    .map(({ status, reason }) => (reason === null ? status : `${status}: ${reason}`))
}
const destroy = (id: number, answer: string | Record<string, number> = {}) =>
  call('IOMMU_DESTROY', { id }, answer)
const close = (fd: number) => ({ event: 'close', pid: 1, fd }) as const

describe('every ioctl is in the model or in the table of those outside it', () => {
  it.each(Object.keys(iommufdIoctls))('%s', (ioctl) => {
    expect(
      [inModel({ ioctl, op: undefined }, 'mock'), ioctl in outsideIoctls].filter(Boolean),
    ).toHaveLength(1)
  })
  it.each(Object.keys(testOps))('IOMMU_TEST_CMD(%s)', (op) => {
    expect(
      [inModel({ ioctl: 'IOMMU_TEST_CMD', op }, 'mock'), op in outsideOps].filter(Boolean),
    ).toHaveLength(1)
  })
})

describe('objects that the model does not have', () => {
  it('hold what they name until they go, and their ids are not free meanwhile', () => {
    const lines = [
      call('CREATE_ACCESS', { id: 1 }, { 'create_access.out_access_fd': 9 }),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 3 }),
      destroy(1, 'EBUSY'),
      close(9),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 2 }),
      destroy(1),
    ]
    // Nobody is told that the access has id 2.
    const beginning = [opening, call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 1 })]
    expect(after(beginning, lines)).toEqual([
      'outside: the model has no accesses',
      'predicted',
      'outside: ACCESS (id 2) of line 3 uses it',
      'predicted',
      'predicted',
    ])
  })

  it('move with ACCESS_REPLACE_IOAS', () => {
    const lines = [
      call('CREATE_ACCESS', { id: 1 }, { 'create_access.out_access_fd': 9 }),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 3 }),
      call('ACCESS_REPLACE_IOAS', { id: 9, 'access_replace_ioas.ioas_id': 3 }, {}),
      destroy(1),
      destroy(3, 'EBUSY'),
    ]
    const beginning = [opening, call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 1 })]
    expect(after(beginning, lines).slice(3)).toEqual([
      'predicted',
      'outside: ACCESS (id 2) of line 3 uses it',
    ])
  })

  it('take two ids where they are a hardware queue with its access, and give back both', () => {
    const lines = [
      call(
        'IOMMU_HW_QUEUE_ALLOC',
        { viommu_id: 6, type: 0xdeadbeef, length: 4096 },
        { out_hw_queue_id: 7 },
      ),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 9 }),
      destroy(6, 'EBUSY'),
      destroy(7),
      destroy(6),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 6 }),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 7 }),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 8 }),
    ]
    expect(after(viommu, lines)).toEqual([
      'outside: the model has no hardware queues',
      'predicted',
      'outside: HW_QUEUE (id 7) of line 6 uses it',
      'outside: IOMMU_DESTROY: id names a HW_QUEUE',
      ...Array<string>(4).fill('predicted'),
    ])
  })

  it('are rejected where their id is not the lowest free one', () => {
    const lines = [call('IOMMU_FAULT_QUEUE_ALLOC', {}, { out_fault_id: 6, out_fault_fd: 9 })]
    expect(after(device, lines)).toEqual(['rejected: out_fault_id is 6; the lowest free id is 5'])
  })

  it('do not matter to answers that are the same with them and without', () => {
    const lines = [
      call(
        'IOMMU_VEVENTQ_ALLOC',
        { viommu_id: 6, type: 1, veventq_depth: 2 },
        { out_veventq_id: 7, out_veventq_fd: 9 },
      ),
    ]
    // The nest parent is in use by the vIOMMU anyway, and the device always is.
    expect(
      after(viommu, [
        ...lines,
        destroy(5, 'EBUSY'),
        destroy(3, 'EBUSY'),
        destroy(6, 'EBUSY'),
      ]).slice(1),
    ).toEqual(['predicted', 'predicted', 'outside: VEVENTQ (id 7) of line 6 uses it'])
  })
})

describe('flags that the model does not have', () => {
  const tracking = call('IOMMU_HWPT_ALLOC', { flags: 2, dev_id: 3, pt_id: 1 }, { out_hwpt_id: 5 })

  it('leave an object that goes on in the model', () => {
    const lines = [
      tracking,
      call(
        'MOCK_DOMAIN_REPLACE',
        { id: 2, 'mock_domain_replace.pt_id': 5 },
        { 'mock_domain_replace.pt_id': 5 },
      ),
      destroy(5, 'EBUSY'),
      call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 4 }),
    ]
    expect(after(device, lines)).toEqual([
      'outside: IOMMU_HWPT_ALLOC: IOMMU_HWPT_ALLOC_DIRTY_TRACKING',
      ...Array<string>(3).fill('predicted'),
    ])
  })

  it('are the reason where a device without dirty tracking is refused', () => {
    const flags = (answer: string | Record<string, number>, id: number) =>
      call('MOCK_DOMAIN_FLAGS', { id, 'mock_domain_flags.dev_flags': 1 }, answer)
    expect(after(device, [tracking, flags('EINVAL', 5), flags('ENOENT', 99)]).slice(1)).toEqual([
      'outside: IOMMU_TEST_CMD(MOCK_DOMAIN_FLAGS): MOCK_FLAGS_DEVICE_NO_DIRTY',
      'outside: IOMMU_TEST_CMD(MOCK_DOMAIN_FLAGS): MOCK_FLAGS_DEVICE_NO_DIRTY',
    ])
  })

  it('are none where MOCK_DOMAIN_FLAGS has none', () => {
    const out = {
      'mock_domain_flags.out_stdev_id': 5,
      'mock_domain_flags.out_idev_id': 6,
      'mock_domain_flags.out_hwpt_id': 4,
    }
    expect(
      after(device, [call('MOCK_DOMAIN_FLAGS', { id: 1, 'mock_domain_flags.dev_flags': 0 }, out)]),
    ).toEqual(['predicted'])
  })
})

it('a PASID attached holds its HWPT, binds its device to compatible HWPTs, and makes the device impossible to unbind', () => {
  const lines = [
    call('IOMMU_HWPT_ALLOC', { flags: 8, dev_id: 3, pt_id: 1 }, { out_hwpt_id: 5 }),
    call(
      'MOCK_DOMAIN_REPLACE',
      { id: 2, 'mock_domain_replace.pt_id': 5 },
      { 'mock_domain_replace.pt_id': 5 },
    ),
    call('IOMMU_HWPT_ALLOC', { flags: 8, dev_id: 3, pt_id: 1 }, { out_hwpt_id: 4 }),
    call(
      'PASID_ATTACH',
      { id: 2, 'pasid_attach.pasid': 100, 'pasid_attach.pt_id': 4 },
      { 'pasid_attach.pt_id': 4 },
    ),
    destroy(4, 'EBUSY'),
    call('MOCK_DOMAIN_REPLACE', { id: 2, 'mock_domain_replace.pt_id': 1 }, 'EINVAL'),
    call('PASID_DETACH', { id: 2, 'pasid_detach.pasid': 100 }, {}),
    destroy(4),
    call(
      'MOCK_DOMAIN_REPLACE',
      { id: 2, 'mock_domain_replace.pt_id': 1 },
      { 'mock_domain_replace.pt_id': 4 },
    ),
    call(
      'PASID_ATTACH',
      { id: 2, 'pasid_attach.pasid': 100, 'pasid_attach.pt_id': 5 },
      { 'pasid_attach.pt_id': 5 },
    ),
    destroy(2),
    destroy(1, 'EBUSY'),
  ]
  expect(after(device, lines).slice(4)).toEqual([
    'outside: PASID 100 of line 7 uses it',
    'outside: PASID 100 is attached, which the HWPT must be compatible with',
    'outside: the model has no PASIDs',
    'predicted',
    'predicted',
    'outside: the model has no PASIDs',
    expect.stringContaining('outside: its device has a PASID attached'),
    expect.stringContaining('outside: the context was given up: line 14'),
  ])
})

it('what is mapped in an address space can keep a page table from being made, and only there', () => {
  const alloc = (answer: string) => call('IOMMU_HWPT_ALLOC', { dev_id: 3, pt_id: 1 }, answer)
  const map = call('IOMMU_IOAS_MAP', { ioas_id: 1, flags: 6, length: 4096 }, { iova: 4096 })
  expect(after(device, [alloc('EADDRINUSE')])).toEqual([
    expect.stringMatching(/^rejected: EADDRINUSE, where the model gives ok/),
  ])
  expect(after(device, [map, alloc('EADDRINUSE')])[1]).toBe(
    'outside: what is mapped and allowed in the address space (id 1)',
  )
  expect(after(device, [map, alloc('EPERM')])[1]).toMatch(/^rejected/)
})

it("a map of a vIOMMU's page holds the vIOMMU until it is gone", () => {
  const memory = { data_uptr: '4d0000004d00000000100000000000000020000000000000' }
  const page = { type: 0xdeadbeef, dev_id: 3, hwpt_id: 5, data_len: 24 }
  const map = (event: 'mmap' | 'munmap') => ({ event, pid: 1, fd: 3, offset: 4096 }) as const
  const lines = [
    call('IOMMU_VIOMMU_ALLOC', page, { out_viommu_id: 7 }, { memory }),
    map('mmap'),
    destroy(7, 'EBUSY'),
    map('munmap'),
    destroy(7, 'EBUSY'),
    destroy(7),
  ]
  expect(after(viommu, lines)).toEqual([
    'outside: IOMMU_VIOMMU_ALLOC: data_len',
    'outside: a map of its page of line 7 uses it',
    expect.stringMatching(/^rejected: EBUSY, where the model gives ok/),
    'predicted',
  ])
})
