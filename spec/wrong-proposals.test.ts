import { describe, expect, it } from 'vitest'
import { at, before, type Hook } from './hooks.ts'
import { proposal, systemOf, type ProposalText } from './index.ts'
import { destroy } from './ioctls/destroy.ts'
import { vfioAttach } from './ioctls/vfio-attach.ts'
import { unbind } from './kernel/unbind.ts'
import { profiles } from './profiles/index.ts'
import type { Rules } from './rules.ts'
import { sends } from './sends.ts'
import { transition } from './transition.ts'

const says = 'a rule is another'
const smoke = { scope: 'smoke', driver: 'smmuv3' } as const

describe('a proposal', () => {
  it.each<[string, object, RegExp]>([
    ['a rule', { rules: { oneVdevice: false } }, /CHK011.*rule 'oneVdevice'; use oneVdevicePer/],
    [
      'an answer',
      { rules: { secondAttach: 'waits' } },
      /CHK011.*"waits" to the rule secondAttach; use moves/,
    ],
    [
      'an answer, as a text',
      { rules: { oneVdevicePerDevice: 'false' } },
      /CHK011.*"false".*use true, false/,
    ],
    ['a part', { rule: {} }, /CHK011.*'rule'; use says, source, rules/],
    ['a driver', { ops: { vtd: {} } }, /CHK011.*'vtd'; use smmuv3, mock/],
    ['a function', { ops: { mock: { attach: () => null } } }, /CHK011.*'attach'; use attachDev/],
    [
      'an action',
      { hooks: [{ on: { name: 'IOMMU_FLY' }, at: null }] },
      /CHK011.*'IOMMU_FLY'; use open/,
    ],
    ['a step', { hooks: [{ on: destroy, at: 'fly' }] }, /CHK011.*IOMMU_DESTROY: 'fly'; use remove/],
    ['a step of a path', { hooks: [{ on: unbind, at: 'fly' }] }, /CHK011.*'fly'; use dropBias/],
    ['nothing', { hooks: [{ on: null }] }, /CHK011.*action 'undefined'/],
    ['no action', { hooks: [{}] }, /CHK011.*action 'undefined'/],
    ['an action that sends', { omit: [{ action: 'fly' }] }, /CHK011.*action 'fly'; use open/],
    [
      'an event that is sent',
      { omit: [{ action: destroy.name, kind: 'ioas', event: 'fly' }] },
      /CHK011.*'fly'; use /,
    ],
    ['a kind', { transitions: [{ kind: 'lamp' }] }, /CHK011.*'lamp'; use ictx/],
    ['values', { transitions: [{ kind: 'virtId' }] }, /CHK011.*virtId is a set of values/],
    [
      'a state',
      { transitions: [{ kind: 'ioas', state: 'lost', event: 'inc' }] },
      /CHK011.*'lost'; use free/,
    ],
    [
      'an event',
      { transitions: [{ kind: 'ioas', state: 'live', event: 'fly' }] },
      /CHK011.*'fly'; use /,
    ],
  ])('that names %s that is not there is refused', (_, parts, message) => {
    expect(() => proposal({ says, ...parts })).toThrow(message)
  })

  it.each<[string, Omit<ProposalText, 'says'>]>([
    ['says nothing', {}],
    ['answers a rule as the kernel does', { rules: { oneVdevicePerDevice: true } }],
    [
      'gives a driver what it has',
      { ops: { mock: { attachDev: profiles.mock.driver.attachDev } } },
    ],
    ['has empty parts', { rules: {}, hooks: [], ops: { mock: {} }, transitions: [] }],
  ])('that %s is refused', (_, parts) => {
    expect(() => proposal({ says, ...parts })).toThrow(/CHK027 changes nothing: the proposal that/)
  })

  it('of which nothing concerns the driver is refused there alone', () => {
    const hooks: Hook[] = [before(vfioAttach, () => 'EPERM')]
    const vfio = proposal({ says, hooks })
    expect(() => systemOf({ scope: 'smoke', driver: 'mock', proposal: vfio })).toThrow(
      /CHK027.*mock/,
    )
    expect(() => systemOf({ ...smoke, proposal: vfio })).not.toThrow()
  })
})

it('a misspelt name does not compile', () => {
  // @ts-expect-error no such rule
  const rule: Partial<Rules> = { oneVdevice: false }
  // @ts-expect-error no such answer
  const answer: Partial<Rules> = { secondAttach: 'waits' }
  // @ts-expect-error no such state
  const state = transition('ioas', 'lost', 'remove', {})
  // @ts-expect-error no such event
  const event = transition('ioas', 'live', 'fly', {})
  // @ts-expect-error no such event is sent
  const sent = sends(destroy, 'ioas', 'fly')
  // @ts-expect-error no such parameter
  const hook = before(destroy, ({ args }) => (args.object === null ? null : 'EBUSY'))
  // @ts-expect-error no such step
  const step = () => at(destroy, 'fly')
  // @ts-expect-error another path runs there
  const calls = () => at(destroy, 'unbind')
  // @ts-expect-error no such step of a path
  const inPath = () => at(unbind, 'fly')
  // @ts-expect-error the frame has no such local
  const local = () => before(at(unbind, 'tombstone'), ({ args }) => void args.hwpt)
  // @ts-expect-error a path cannot refuse
  const refuses = () => before(at(unbind, 'tombstone'), () => 'EPERM')
  expect([
    rule,
    answer,
    state,
    event,
    sent,
    hook,
    step,
    calls,
    inPath,
    local,
    refuses,
  ]).toHaveLength(11)
})
