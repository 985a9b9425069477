import { describe, expect, it } from 'vitest'
import { play, start, type Moment } from '../../checker/index.ts'
import { systemOf } from '../../spec/index.ts'
import { bindings, callOf, request, structOfTarget, worldAt, type World } from './index.ts'

const system = systemOf({ scope: 'lifecycle', driver: 'mock', set: { failures: 0 } })
const never = 0x80000000

/** What a tracer that started with the context knows. */
const worldOf = (moment: Moment, outside: Readonly<Record<number, string>> = {}): World => {
  const { named } = worldAt(moment, { value })
  return worldAt(moment, {
    value,
    named: (id) => named(id) ?? (outside[id] === undefined ? null : { outside: outside[id] }),
  })
}
const value: World['value'] = (_, n) => (n < 2n ? `virtId[${n}]` : null)

const script = [
  ['open(/dev/iommu)', {}],
  ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }],
  ['IOMMU_TEST_CMD(MOCK_DOMAIN)', { as: 'device[0]', pt: 'ioas[0]' }],
  ['IOMMU_TEST_CMD(PASID_CHECK_HWPT)', { stdev: 'selftest[0]', hwpt: 'hwptAuto[0]' }],
  ['IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)', { stdev: 'selftest[0]' }],
  ['IOMMU_HWPT_ALLOC(PAGING)', { dev: 'device[0]', pt: 'ioas[0]', as: 'hwptPaging[0]' }],
  ['IOMMU_HWPT_ALLOC(PAGING)', { dev: 'device[0]', pt: 'ioas[0]', as: 'hwptPaging[2]' }],
  ['IOMMU_HWPT_ALLOC(NESTED)', { dev: 'device[0]', pt: 'hwptPaging[0]', as: 'hwptNested[0]' }],
  ['IOMMU_VIOMMU_ALLOC', { dev: 'device[0]', hwpt: 'hwptPaging[0]', as: 'viommu[0]' }],
  ['IOMMU_VIOMMU_ALLOC', { dev: 'device[0]', hwpt: 'hwptPaging[1]', as: 'viommu[1]' }],
  [
    'IOMMU_VDEVICE_ALLOC',
    { viommu: 'viommu[0]', dev: 'device[0]', virtId: 'virtId[1]', as: 'vdevice[0]' },
  ],
  ['IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', { stdev: 'selftest[0]', pt: 'hwptPaging[0]' }],
  ['IOMMU_DESTROY', { obj: 'hwptPaging[2]' }],
] as const

/** The moment after the first calls of the script. */
const after = (calls: number): Moment =>
  script
    .slice(0, calls)
    .reduce<Moment>(
      (now, [action, args]) => play(system, now, action, args)?.next ?? now,
      start(system),
    )

/** A call of the script as an ioctl at its moment, with numbers for ids. */
function asIoctl(i: number) {
  const [action, args] = script[i]
  const binding = bindings.mock.find((b) => b.action.name === action)
  if (binding === undefined) throw new Error(action)
  const { ids } = after(i)
  const made = request(binding, args, system, {
    id: (name) => ids.of(name) ?? never,
    number: (name) => Number(name.slice(7, -1)),
  })
  return {
    ioctl: made.ioctl as string,
    ...(made.op === undefined ? {} : { op: made.op as string }),
    in: made.in,
  }
}

describe('the binding', () => {
  it.each(script.map(([action], i) => [action, i] as const).slice(1))(
    'reads back %s as it wrote it',
    (action, i) => {
      const read = callOf(bindings.mock, asIoctl(i), worldOf(after(i)))
      expect(read).toMatchObject({ binding: { action: { name: action } }, args: script[i][1] })
    },
  )

  it('knows every parameter of every action, and only fields that the ioctl has', () => {
    for (const { action, ioctl, op, descriptor, ids, numbers, fixed, sorts, memory, any, out } of [
      ...bindings.mock,
      ...bindings.smmuv3,
    ]) {
      const told = [
        descriptor,
        ...Object.values(ids).map((id) => id.param),
        ...Object.values(numbers),
      ]
      for (const [name, param] of Object.entries(action.params))
        expect('free' in param || told.includes(name), `${action.name} ${name}`).toBe(true)
      const fields = structOfTarget({ ioctl, op })?.fields.map((f) => f.name)
      for (const part of [ids, numbers, fixed, sorts, memory, out])
        expect(fields).toEqual(expect.arrayContaining(Object.keys(part)))
      expect(fields).toEqual(expect.arrayContaining([...any]))
    }
  })

  const last = worldOf(after(script.length), { 20: 'FAULT' })
  const readIn = (ioctl: string, fields: Record<string, number>, op?: string) =>
    callOf(bindings.mock, { ioctl, op, in: fields }, last)
  it('takes an object of another type for none where the kernel does', () => {
    const { dev, viommu } = { dev: 3, viommu: 8 }
    expect(readIn('IOMMU_VDEVICE_ALLOC', { viommu_id: dev, dev_id: dev })).toMatchObject({
      args: { viommu: 'viommu[1]', dev: 'device[0]' },
    })
    expect(readIn('IOMMU_VDEVICE_ALLOC', { viommu_id: 20, dev_id: dev })).toMatchObject({
      args: { viommu: 'viommu[1]' },
    })
    expect(
      readIn('IOMMU_TEST_CMD', { id: 2, 'pasid_check.hwpt_id': viommu }, 'PASID_CHECK_HWPT'),
    ).toMatchObject({
      args: { hwpt: 'ioas[0]' },
    })
  })
  it('tells what the model lacks', () => {
    expect(readIn('IOMMU_DESTROY', { id: 20 })).toEqual({
      outside: 'IOMMU_DESTROY: id names a FAULT',
    })
    expect(readIn('IOMMU_HWPT_ALLOC', { dev_id: 3, pt_id: 1, flags: 2 })).toMatchObject({
      outside: expect.stringMatching('flags 2') as string,
    })
    expect(readIn('IOMMU_IOAS_MAP', {})).toEqual({ outside: 'IOMMU_IOAS_MAP is not in the model' })
    expect(readIn('IOMMU_VDEVICE_ALLOC', { viommu_id: 8, dev_id: 3, virt_id: 5 })).toMatchObject({
      outside: expect.stringMatching('virt_id 5') as string,
    })
  })
})
