import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import { propertiesFor } from '../properties/index.ts'
import { after, at, before } from './hooks.ts'
import { proposal, systemOf, type Bounds, type Proposal, type ProposalText } from './index.ts'
import { ioasAlloc } from './ioctls/ioas-alloc.ts'
import { vdeviceAlloc } from './ioctls/vdevice-alloc.ts'
import { vfioAttach } from './ioctls/vfio-attach.ts'
import { unbind } from './kernel/unbind.ts'
import type { ProfileName } from './profiles/index.ts'
import { vdevicePinnedByAttach } from './proposals/vdevice-pinned-by-attach.ts'
import { transition } from './transition.ts'
import { outcomes, type Line } from './test/script.ts'

const says = 'a rule is another'
const smoke = { scope: 'smoke', driver: 'smmuv3' } as const
const whole: Partial<Bounds> = { failures: 0, owners: 0 }

async function verdicts(proposed: Proposal | undefined, set: Partial<Bounds> = whole) {
  const properties = propertiesFor('smoke', 'smmuv3', set)
  const report = await check(systemOf({ ...smoke, set, properties, proposal: proposed }))
  expect(report.complete).toBe(true)
  return {
    states: report.states,
    broken: report.properties
      .filter((p) => p.verdict !== 'proved' && p.verdict !== 'covered')
      .map((p) => `${p.id}: ${p.verdict}`),
  }
}

/** Up to a VDEVICE whose device is attached to a nested HWPT through its vIOMMU. */
const nestedAttached: Line[] = [
  ['open(/dev/iommu)', {}],
  ['VFIO_DEVICE_BIND_IOMMUFD', { dev: 'device[0]' }],
  ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }],
  ['IOMMU_HWPT_ALLOC(PAGING)', { dev: 'device[0]', pt: 'ioas[0]', as: 'hwptPaging[0]' }],
  ['IOMMU_VIOMMU_ALLOC', { dev: 'device[0]', hwpt: 'hwptPaging[0]', as: 'viommu[0]' }],
  [
    'IOMMU_VDEVICE_ALLOC',
    { viommu: 'viommu[0]', dev: 'device[0]', virtId: 'virtId[0]', as: 'vdevice[0]' },
  ],
  ['IOMMU_HWPT_ALLOC(NESTED)', { dev: 'device[0]', pt: 'viommu[0]', as: 'hwptNested[0]' }],
  ['VFIO_DEVICE_ATTACH_IOMMUFD_PT', { dev: 'device[0]', pt: 'hwptNested[0]' }],
]
const destroyVdevice = (outcome: string): Line => ['IOMMU_DESTROY', { obj: 'vdevice[0]' }, outcome]

describe('a VDEVICE pinned by the attachment of its device', () => {
  const system = systemOf({ ...smoke, set: whole, proposal: vdevicePinnedByAttach })

  it('is EBUSY as long as that lasts, and no longer', () => {
    const lines: Line[] = [
      ...nestedAttached,
      destroyVdevice('EBUSY'),
      ['VFIO_DEVICE_DETACH_IOMMUFD_PT', { dev: 'device[0]' }],
      destroyVdevice('ok'),
      destroyVdevice('ENOENT'),
    ]
    expect(outcomes(system, lines)).toEqual(lines)
    const merged: Line[] = [...nestedAttached, destroyVdevice('ok')]
    expect(outcomes(systemOf({ ...smoke, set: whole }), merged)).toEqual(merged)
  })

  it('breaks no property; that a device is attached without its VDEVICE is out of reach', async () => {
    const merged = await verdicts(undefined)
    const proposed = await verdicts(vdevicePinnedByAttach)
    expect(merged.broken).toEqual([])
    expect(proposed.broken).toEqual(['reach-attached-without-vdevice: notCovered'])
    expect(proposed.states).toBeLessThan(merged.states)
  })
})

describe('a proposal', () => {
  it('chooses one rule of several: the attach of an attached device is EBUSY', () => {
    const busy = proposal({ says, rules: { secondAttach: 'is EBUSY' } })
    const again = (outcome: string): Line[] => [
      ...nestedAttached,
      ['VFIO_DEVICE_ATTACH_IOMMUFD_PT', { dev: 'device[0]', pt: 'ioas[0]' }, outcome],
    ]
    const of = (proposed?: Proposal) => systemOf({ ...smoke, set: whole, proposal: proposed })
    expect(outcomes(of(busy), again('EBUSY'))).toEqual(again('EBUSY'))
    expect(outcomes(of(), again('ok'))).toEqual(again('ok'))
  })

  it.each<[string, ProposalText, Partial<Bounds>, string[]]>([
    [
      'answers a rule otherwise',
      { says, rules: { oneVdevicePerDevice: false } },
      { ...whole, vdevices: 2, virtIds: 2 },
      [
        'one-vdevice-per-device: violated',
        'wait-counts-holders: violated',
        'failed-leaves-no-trace: violated',
      ],
    ],
    [
      'gives back an id that was reserved',
      { says, rules: { idOfUnboundVdevice: 'is free' } },
      whole,
      ['unbind-leaves-tombstone: violated', 'reach-tombstone: notCovered'],
    ],
    [
      'replaces a function of a driver',
      { says, ops: { smmuv3: { attachDev: () => null } } },
      whole,
      ['nested-attach-has-vdevice: violated'],
    ],
    [
      'replaces a transition of a machine',
      {
        says,
        transitions: [
          transition('ioas', 'live', 'remove', { target: 'removing', actions: 'removed' }),
        ],
      },
      whole,
      [
        'accepted: violated',
        'dangling: violated',
        'ioas-lives: violated',
        'destroy-busy-changes-nothing: violated',
        'users-count-holders-ioas: violated',
      ],
    ],
    [
      'refuses before an action',
      {
        says,
        hooks: [before(vfioAttach, ({ args }) => (args.pt.kind === 'ioas' ? 'EPERM' : null))],
      },
      whole,
      ['reach-IOMMU_VIOMMU_ALLOC-EINVAL: notCovered', 'reach-auto: notCovered'],
    ],
    [
      'does more after an action that has succeeded',
      { says, hooks: [after(ioasAlloc, ({ args }) => args.as.send({ type: 'inc' }))] },
      whole,
      ['closed-is-empty: violated', 'users-count-holders-ioas: violated'],
    ],
  ])('%s', async (_, text, set, expected) => {
    expect((await verdicts(proposal(text), set)).broken).toEqual(expected)
  })

  it('refuses before a step of a call, knowing what it has come to', () => {
    // The device is held, and let go of by nobody: the step is beyond what takes it back.
    const late = proposal({
      says,
      hooks: [
        before(at(vdeviceAlloc, 'make'), ({ args: { viommu, dev } }) =>
          viommu.context.users > 1 && dev.context.users > 1 ? 'EPERM' : null,
        ),
      ],
    })
    const alloc = nestedAttached.findIndex(([name]) => name === 'IOMMU_VDEVICE_ALLOC')
    const [name, args] = nestedAttached[alloc]
    const lines: Line[] = [...nestedAttached.slice(0, alloc), [name, args, 'EPERM']]
    expect(outcomes(systemOf({ ...smoke, set: whole, proposal: late }), lines)).toEqual(lines)
  })

  it.each<[ProfileName, Line[]]>([
    ['smmuv3', [...nestedAttached.slice(0, 2), ['close(VFIO device)', { dev: 'device[0]' }]]],
    [
      'mock',
      [
        nestedAttached[0],
        nestedAttached[2],
        ['IOMMU_TEST_CMD(MOCK_DOMAIN)', { as: 'device[0]', pt: 'ioas[0]' }],
        ['close(/dev/iommu)', {}],
      ],
    ],
  ])('has an effect in a path, in steps and where it runs in a single go: %s', (driver, lines) => {
    const states: unknown[] = []
    const hook = before(at(unbind, 'releaseOwner'), ({ args: { dev } }) => {
      states.push(dev.in('removing'))
      return undefined
    })
    const proposed = proposal({ says, hooks: [hook] })
    const system = systemOf({ scope: 'smoke', driver, set: whole, proposal: proposed })
    outcomes(system, lines.slice(0, -1))
    expect(states).toEqual([])
    outcomes(system, lines)
    expect(states).toEqual([true])
  })

  it('cannot refuse in a path that calls have in common', () => {
    const hook = before(at(unbind, 'tombstone'), () => 'EPERM' as never)
    const refusing = systemOf({ ...smoke, set: whole, proposal: proposal({ says, hooks: [hook] }) })
    const lines: Line[] = [...nestedAttached, ['close(VFIO device)', { dev: 'device[0]' }]]
    expect(() => outcomes(refusing, lines)).toThrow(
      /CHK012.*'tombstone' of a path returned 'EPERM'/,
    )
  })
})
