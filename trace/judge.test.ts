import { describe, expect, it } from 'vitest'
import type { LoggedCall, LoggedEvent } from './log-line.ts'
import { call, device, numbered, opening, viommu } from './test/lines.ts'
import { validate } from './validate.ts'

type Lines = readonly (LoggedCall | LoggedEvent)[]
const last = (lines: Lines) => validate(numbered(lines), 'mock').verdicts.at(-1)
const statuses = (lines: Lines) =>
  validate(numbered(lines), 'mock').verdicts.map(({ status }) => status)
const destroy = (id: number, answer: string | Record<string, number> = {}) =>
  call('IOMMU_DESTROY', { id }, answer)
const alloc = (id: number, more: Partial<LoggedCall> = {}) =>
  call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: id }, more)

describe('a failure of memory or of a driver', () => {
  it('explains an answer, and is named', () => {
    expect(last([opening, call('IOMMU_IOAS_ALLOC', {}, 'ENOMEM')])).toMatchObject({
      status: 'predicted',
      reason: 'with a failure at _iommufd_object_alloc',
    })
  })

  it('does not explain what no failure leads to', () => {
    expect(last([opening, call('IOMMU_IOAS_ALLOC', {}, 'EBUSY')])?.reason).toBe(
      'EBUSY, where the model gives ok, out_ioas_id 1; ENOMEM or EFAULT with a failure',
    )
  })
})

describe('a rejection', () => {
  it('says what refuses, of which component, with which id', () => {
    expect(last([...viommu, destroy(5)])).toMatchObject({
      status: 'rejected',
      reason: 'ok, where the model gives EBUSY',
      details: [
        expect.stringContaining('obj: hwptPaging[0] (id 5), live, users 2'),
        'hwptPaging[0] (id 5) refuses with EBUSY: `users` is not 1: something besides the xarray holds it (iommufd_object_remove)',
      ],
    })
  })

  it('of a failure leaves the model where it was', () => {
    expect(
      statuses([...device, call('IOMMU_IOAS_ALLOC', {}, 'EPERM'), alloc(5)]).slice(-2),
    ).toEqual(['rejected', 'predicted'])
  })

  it("of an id takes over the kernel's", () => {
    expect(
      statuses([...device, alloc(7), alloc(5), alloc(6), alloc(8), destroy(7), alloc(7)]).slice(2),
    ).toEqual(['rejected', ...Array<string>(5).fill('predicted')])
  })

  it('of a success that the model forbids gives the context up, and no other', () => {
    const lines: Lines = [
      ...viommu,
      destroy(5),
      alloc(5),
      { event: 'open', pid: 2, fd: 3 },
      alloc(1, { pid: 2 }),
    ]
    expect(statuses(lines).slice(-3)).toEqual(['rejected', 'outside', 'predicted'])
  })
})

describe('an id of the wrong type', () => {
  it('is no id where the kernel looks for one type', () => {
    const wrong = (fields: Record<string, number>) =>
      last([...device, call('IOMMU_HWPT_ALLOC', fields, 'ENOENT')])
    expect(wrong({ dev_id: 1, pt_id: 1 })).toMatchObject({ status: 'predicted' })
  })

  it('is EINVAL for an attach, ENOENT for one that names nothing', () => {
    const attach = (pt: number, answer: string) =>
      statuses([
        ...device,
        call('MOCK_DOMAIN_REPLACE', { id: 2, 'mock_domain_replace.pt_id': pt }, answer),
      ]).at(-1)
    expect([
      attach(3, 'EINVAL'),
      attach(3, 'ENOENT'),
      attach(99, 'ENOENT'),
      attach(99, 'EINVAL'),
    ]).toEqual(['predicted', 'rejected', 'predicted', 'rejected'])
  })
})

describe('what was not logged', () => {
  it('keeps an answer from being checked, and is taken as the model has it', () => {
    expect(last([...device, call('IOMMU_IOAS_ALLOC', {}, {})])).toMatchObject({
      status: 'outside',
      reason: 'not logged: out_ioas_id',
    })
    expect(statuses([...device, call('IOMMU_IOAS_ALLOC', {}, {}), alloc(6)]).slice(-2)).toEqual([
      'outside',
      'predicted',
    ])
  })

  it('gives the context up where a call has succeeded with it', () => {
    const blind = { ...destroy(4), in: {} }
    expect(statuses([...device, blind, alloc(5)]).slice(-2)).toEqual(['outside', 'outside'])
    expect(statuses([...device, { ...blind, ret: -1, errno: 14 }, alloc(5)]).slice(-2)).toEqual([
      'outside',
      'predicted',
    ])
  })
})

it('a struct that the kernel cannot copy is none of the model, and changes nothing', () => {
  expect(statuses([...device, destroy(4, 'EFAULT'), destroy(2)]).slice(-2)).toEqual([
    'outside',
    'predicted',
  ])
})

it('the id that a mock device is about to get names the device already, that of its test object nothing', () => {
  const on = (id: number, answer: string) =>
    statuses([opening, call('MOCK_DOMAIN', { id }, answer)]).at(-1)
  expect([on(2, 'EINVAL'), on(2, 'ENOENT'), on(1, 'ENOENT'), on(3, 'ENOENT')]).toEqual([
    'predicted',
    'rejected',
    'predicted',
    'predicted',
  ])
})

describe('calls that overlap', () => {
  const at = (begin: number, end: number) => ({ begin, end })
  const started: Lines = viommu.map((line, i) => ({ ...line, ...at(i - 100, i - 99) }))

  it('may have taken place in any order', () => {
    const lines: Lines = [...started, alloc(8, at(0, 9)), alloc(7, at(1, 8))]
    expect(statuses(lines).slice(-2)).toEqual(['predicted', 'predicted'])
    const apart: Lines = [...started, alloc(8, at(0, 4)), alloc(7, at(5, 8))]
    expect(statuses(apart).slice(-2)).toEqual(['rejected', 'predicted'])
  })

  it('are told apart by what comes later', () => {
    const to = (id: number, answer: number, span: { begin: number; end: number }) =>
      call(
        'MOCK_DOMAIN_REPLACE',
        { id: 2, 'mock_domain_replace.pt_id': id },
        { 'mock_domain_replace.pt_id': answer },
        span,
      )
    const check = (id: number) =>
      call('PASID_CHECK_HWPT', { id: 2, 'pasid_check.hwpt_id': id }, {}, at(20, 21))
    const other = call('IOMMU_HWPT_ALLOC', { dev_id: 3, pt_id: 1 }, { out_hwpt_id: 7 }, at(0, 1))
    for (const id of [5, 7]) {
      const lines: Lines = [...started, other, to(5, 5, at(2, 9)), to(7, 7, at(3, 8)), check(id)]
      expect(statuses(lines)).not.toContain('rejected')
    }
    expect(
      statuses([...started, other, to(5, 5, at(2, 4)), to(7, 7, at(5, 8)), check(5)]).at(-1),
    ).toBe('rejected')
  })

  it('keep an object in their hands, for which a DESTROY is refused', () => {
    const held = call('IOMMU_VDEVICE_ALLOC', { viommu_id: 6, dev_id: 99 }, 'ENOENT', at(0, 9))
    const lines: Lines = [...started, held, { ...destroy(6, 'EBUSY'), ...at(1, 8) }]
    expect(last(lines)).toMatchObject({
      status: 'predicted',
      reason: 'while the call of line 6 has the object',
    })
    expect(statuses([...started, held, { ...destroy(6, 'EBUSY'), ...at(9, 10) }]).at(-1)).toBe(
      'rejected',
    )
  })

  it('are rejected where no order explains them', () => {
    const lines: Lines = [...started, alloc(8, at(0, 9)), alloc(8, at(1, 8))]
    expect(last(lines)?.reason).toMatch(
      /^no order of the 2 calls that overlap explains their answers/,
    )
  })

  it('are given up where there are more orders than are tried', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({
      ...destroy(99, 'ENOENT'),
      ...at(i, 100 + i),
    }))
    const { cut, verdicts } = validate(
      numbered([...started, ...many, alloc(40, at(50, 120))]),
      'mock',
    )
    expect(cut).toEqual([6])
    expect(new Set(verdicts.slice(4).map(({ status }) => status))).toEqual(new Set(['outside']))
  })
})
