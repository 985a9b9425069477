import { describe, expect, it } from 'vitest'
import { proposal } from '../../spec/index.ts'
import { bindings, type Arguments } from '../../uapi/binding/index.ts'
import { random } from '../generate/random.ts'
import { generationBounds } from '../generate/scopes.ts'
import { walk } from '../generate/walk.ts'
import { recordedSystem } from '../recorded/hold.ts'
import { differenceOf, type Difference } from './difference.ts'
import { foretell, foretoldOf, type Foretold } from './foretold.ts'
import { planOf, type Plan } from './plan.ts'
import { tableOf } from './sequences.ts'
import { shrink } from './shrink.ts'
import { emulated } from './test/emulated.ts'
import { differenceText } from './text.ts'

const table = tableOf(generationBounds.virtIds)
const plans = (count: number): Plan[] => {
  const dice = random(7)
  return Array.from({ length: count }, () =>
    planOf(table.system, bindings.mock, foretoldOf(table, walk(table, dice, 60)), dice),
  )
}
const faithful = emulated(recordedSystem())

const alike = proposal({
  says: 'two devices may have one virtual id',
  rules: { oneDevicePerVirtualId: false },
})
const careless = emulated(recordedSystem({ proposal: alike }))

describe('a sequence', () => {
  it('is foretold by tables as by plain XState, and read back from its ioctls as it was meant', () => {
    for (const plan of plans(6)) {
      const again = foretell(table.system, plan.calls)
      expect(again?.map((call) => call.outcome)).toEqual(plan.calls.map((call) => call.outcome))
      expect(differenceOf(plan, faithful(plan.sequence))).toBeNull()
    }
  })
  it('names what is not there by many ids, and is the same for the same seed', () => {
    const calls = plans(12).flatMap((plan) => plan.calls)
    const stands = new Set(
      calls.flatMap(({ nameless = {} }) =>
        Object.values(nameless).map((one) => Object.keys(one)[0]),
      ),
    )
    expect(stands).toEqual(new Set(['number', 'stale', 'other']))
    expect(plans(2)).toEqual(plans(2))
  })
})

describe('a difference', () => {
  it.each([
    ['an errno', { errno: 'EPERM' }],
    ['an id', { out: { out_ioas_id: 9 } }],
    ['a return value', { ret: 4 }],
  ])('can be %s', (_, other) => {
    const [plan] = plans(1)
    const result = faithful(plan.sequence)
    const at = plan.sequence.findIndex(
      (op) => op.kind === 'ioctl' && op.ioctl === 'IOMMU_IOAS_ALLOC',
    )
    const results = result.results.map((one, i) => (i === at ? { ...one, ...other } : one))
    expect(differenceOf(plan, { ...result, results })).toMatchObject({ call: at })
  })
  it('can be a warning, or a call that does not return', () => {
    const [plan] = plans(1)
    const result = faithful(plan.sequence)
    const messages = [
      { level: 4, text: 'WARNING: CPU: 0 PID: 1 at drivers/iommu/iommufd/device.c:1' },
    ]
    expect(differenceOf(plan, { ...result, messages })).toMatchObject({ kernel: messages[0].text })
    expect(
      differenceOf(plan, { ...result, status: 'hung', results: result.results.slice(0, 3) }),
    ).toMatchObject({ call: 3 })
  })

  it('is shrunk to the shortest sequence that shows it', async () => {
    const needed: readonly (readonly [string, Arguments])[] = [
      ['open(/dev/iommu)', {}],
      ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }],
      ['IOMMU_TEST_CMD(MOCK_DOMAIN)', { as: 'device[0]', pt: 'ioas[0]' }],
      ['IOMMU_TEST_CMD(MOCK_DOMAIN)', { as: 'device[1]', pt: 'ioas[0]' }],
      ['IOMMU_HWPT_ALLOC(PAGING)', { dev: 'device[1]', pt: 'ioas[0]', as: 'hwptPaging[0]' }],
      ['IOMMU_VIOMMU_ALLOC', { dev: 'device[0]', hwpt: 'hwptPaging[0]', as: 'viommu[0]' }],
      [
        'IOMMU_VDEVICE_ALLOC',
        { viommu: 'viommu[0]', dev: 'device[0]', virtId: 'virtId[0]', as: 'vdevice[0]' },
      ],
      [
        'IOMMU_VDEVICE_ALLOC',
        { viommu: 'viommu[0]', dev: 'device[1]', virtId: 'virtId[0]', as: 'vdevice[1]' },
      ],
    ]
    const idle: readonly [string, Arguments] = ['IOMMU_DESTROY', { obj: 'hwptNested[0]' }]
    const calls = [...needed.flatMap((call, i) => (i % 2 === 0 ? [call, idle] : [call])), idle]
    const foretold = foretell(
      table.system,
      calls.map(([action, args]) => ({ action, args })),
    ) as Foretold[]
    const plan = planOf(table.system, bindings.mock, foretold, random(1))
    const result = careless(plan.sequence)
    const difference = differenceOf(plan, result) as Difference
    expect(difference).toMatchObject({
      call: 11,
      model: expect.stringMatching(/^EEXIST/) as string,
    })
    const shortest = await shrink(
      table.system,
      bindings.mock,
      { plan, result, difference },
      (all) => Promise.resolve(all.map(careless)),
    )
    const left = shortest.plan.calls.slice(0, shortest.difference.call + 1)
    expect(left.map(({ action, args }) => [action, args])).toEqual(needed)
    expect(differenceText(shortest).split('\n')).toHaveLength(needed.length + 2)
  })
})
