import { describe, expect, it } from 'vitest'
import { historiesOf } from './history.ts'
import type { LoggedCall, LoggedEvent } from './log-line.ts'
import { call, numbered, opening } from './test/lines.ts'
import { validate } from './validate.ts'

type Lines = readonly (LoggedCall | LoggedEvent)[]
const alloc = (id: number, where: Partial<LoggedCall> = {}) =>
  call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: id }, where)
const statuses = (lines: Lines) =>
  validate(numbered(lines), 'mock').verdicts.map(({ context, status }) => `${context} ${status}`)

describe('which context a call speaks of', () => {
  it('is told by its descriptor, through dup and through fork, each with its own', () => {
    const lines: Lines = [
      opening,
      alloc(1),
      { event: 'dup', pid: 1, from: 3, fd: 5 },
      alloc(2, { fd: 5 }),
      { event: 'fork', pid: 2, parent: 1 },
      alloc(3, { pid: 2, fd: 5 }),
      { event: 'close', pid: 1, fd: 3 },
      { event: 'close', pid: 1, fd: 5 },
      alloc(4, { pid: 2 }),
      // A new context: its ids begin with 1.
      { event: 'open', pid: 1, fd: 3 },
      alloc(1),
    ]
    expect(statuses(lines)).toEqual([
      '1 predicted',
      '1 predicted',
      '1 predicted',
      '1 predicted',
      '2 predicted',
    ])
  })

  it('is not known where the log has no opening of it, nor after its last descriptor', () => {
    expect(statuses([opening, alloc(1), { event: 'close', pid: 1, fd: 3 }, alloc(2)])).toEqual([
      '1 predicted',
      'null outside',
    ])
    expect(statuses([alloc(1, { fd: 4 })])).toEqual(['null outside'])
  })

  it('is a new one where a descriptor is opened over another', () => {
    expect(statuses([opening, alloc(1), opening, alloc(1)])).toEqual(['1 predicted', '2 predicted'])
  })
})

describe("an object's file", () => {
  const access = call('CREATE_ACCESS', { id: 1 }, { 'create_access.out_access_fd': 9 })

  it('is closed with the last of its descriptors', () => {
    const lines: Lines = [
      opening,
      access,
      { event: 'fork', pid: 2, parent: 1 },
      { event: 'close', pid: 1, fd: 9 },
      { event: 'close', pid: 2, fd: 9 },
    ]
    const [{ entries }] = historiesOf(numbered(lines)).contexts
    expect(
      entries.map((entry) =>
        entry.kind === 'call' ? entry.call.line : [entry.kind, 'line' in entry && entry.line],
      ),
    ).toEqual([2, ['object file closed', 5]])
  })
})

describe('VFIO devices', () => {
  const bind = call('VFIO_DEVICE_BIND_IOMMUFD', { iommufd: 3 }, { out_devid: 2 }, { fd: 4 })
  const attach = (pt: number, hwpt: number) =>
    call('VFIO_DEVICE_ATTACH_IOMMUFD_PT', { pt_id: pt }, { pt_id: hwpt }, { fd: 4 })

  it('belong to the context that they are bound to until their node is closed', () => {
    const lines: Lines = [
      opening,
      { event: 'open', pid: 1, fd: 4 },
      alloc(1),
      bind,
      attach(1, 3),
      call('IOMMU_DESTROY', { id: 1 }, 'EBUSY'),
      { event: 'close', pid: 1, fd: 4 },
      call('IOMMU_DESTROY', { id: 1 }, {}),
      call('IOMMU_DESTROY', { id: 2 }, 'ENOENT'),
    ]
    const { driver, contexts, verdicts } = validate(numbered(lines))
    expect({
      driver,
      contexts,
      verdicts: verdicts.map(({ status, reason }) => [status, reason]),
    }).toEqual({
      driver: 'smmuv3',
      contexts: 1,
      verdicts: Array(6).fill(['predicted', null]),
    })
  })

  it('hold what a PASID is attached to until it is detached, or their node is closed', () => {
    const pasid = { flags: 1, pasid: 5, pt_id: 3 }
    const lines: Lines = [
      opening,
      { event: 'open', pid: 1, fd: 4 },
      alloc(1),
      bind,
      call('IOMMU_HWPT_ALLOC', { flags: 8, dev_id: 2, pt_id: 1 }, { out_hwpt_id: 3 }),
      call('VFIO_DEVICE_ATTACH_IOMMUFD_PT', pasid, { pt_id: 3 }, { fd: 4 }),
      call('IOMMU_DESTROY', { id: 3 }, 'EBUSY'),
      { event: 'close', pid: 1, fd: 4 },
      call('IOMMU_DESTROY', { id: 3 }, {}),
    ]
    const { verdicts } = validate(numbered(lines))
    expect(verdicts.slice(3).map(({ status, reason }) => [status, reason])).toEqual([
      ['outside', 'VFIO_DEVICE_ATTACH_IOMMUFD_PT: flags is 1: the model has only 0'],
      ['outside', 'PASID 5 of line 6 uses it'],
      ['predicted', null],
    ])
  })

  it('have nested HWPTs whose stage 1 no log tells: these are outside, with their ids and what they hold', () => {
    const nested = { dev_id: 2, pt_id: 4, data_type: 2, data_len: 16 }
    const lines: Lines = [
      opening,
      { event: 'open', pid: 1, fd: 4 },
      alloc(1),
      bind,
      call('IOMMU_HWPT_ALLOC', { flags: 1, dev_id: 2, pt_id: 1 }, { out_hwpt_id: 3 }),
      call('IOMMU_VIOMMU_ALLOC', { type: 1, dev_id: 2, hwpt_id: 3 }, { out_viommu_id: 4 }),
      call('IOMMU_HWPT_ALLOC', nested, { out_hwpt_id: 5 }),
      call('IOMMU_DESTROY', { id: 4 }, 'EBUSY'),
      call('IOMMU_DESTROY', { id: 5 }, {}),
      alloc(5),
      call('IOMMU_DESTROY', { id: 4 }, {}),
    ]
    const { verdicts } = validate(numbered(lines))
    expect(verdicts.map(({ status }) => status).slice(4)).toEqual([
      'outside',
      'outside',
      'outside',
      'predicted',
      'predicted',
    ])
  })

  it('can be refused for what no log tells, and for nothing else', () => {
    const bound = (answer: string) =>
      validate(
        numbered([
          opening,
          { event: 'open', pid: 1, fd: 4 },
          call('VFIO_DEVICE_BIND_IOMMUFD', { iommufd: 3 }, answer, { fd: 4 }),
        ]),
      )
    expect(bound('EPERM').verdicts[0]).toMatchObject({
      status: 'outside',
      reason: expect.stringContaining('who owns the group'),
    })
    expect(bound('EEXIST').verdicts[0]).toMatchObject({ status: 'rejected' })
  })
})
