import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { proposal, systemOf } from '../../spec/index.ts'
import { destroy } from '../../spec/ioctls/destroy.ts'
import { hwptAllocNested, hwptAllocPaging } from '../../spec/ioctls/hwpt-alloc.ts'
import { vdeviceAlloc } from '../../spec/ioctls/vdevice-alloc.ts'
import { viommuAlloc } from '../../spec/ioctls/viommu-alloc.ts'
import { errno } from '../../spec/model.ts'
import { sends } from '../../spec/sends.ts'
import type { Action, System } from '../../checker/index.ts'
import type { Confirmed } from './confirmed.ts'
import { readRecorded, type Recorded } from './answers.ts'
import { hold, recordedBounds, recordedSystem, type Held } from './hold.ts'

/** The actions of the mock driver, one of them in another form. */
const withAction = (name: string, other: (action: Action) => Action): System => {
  const actions = [...new Set(recordedSystem().operations.map(({ action }) => action))]
  expect(actions.map((a) => a.name)).toContain(name)
  return recordedSystem({
    actions: actions.map((action) => (action.name === name ? other(action) : action)),
  })
}

type Run = (args: object, view: object, call: { readonly ids: object }) => never
/** An action whose steps are run otherwise. */
const inOtherForm = (action: Action, change: (run: Run) => Run): Action => ({
  ...action,
  steps: action.steps.map(({ name, run }) => ({ name, run: change(run as Run) })),
})

/** The page table's parent is looked up before the device. */
const swapped: (run: Run) => Run = (run) => (args, view, call) =>
  (args as { pt: { in(state: string): boolean } }).pt.in('live')
    ? run(args, view, call)
    : (errno('EINVAL') as never)
/** An id that stays taken is given back. */
const reusing: (run: Run) => Run = (run) => (args, view, call) => {
  const { ids } = call as { ids: { give: unknown } }
  return run(
    args,
    view,
    Object.create(call, { ids: { value: { ...ids, tombstone: ids.give } } }) as typeof call,
  )
}

let recorded: Recorded
let held: Held
beforeAll(() => {
  recorded = readRecorded(readFileSync(new URL('mock-7.3.4.jsonl.gz', import.meta.url)))
  held = hold(recorded, recordedSystem())
}, 120_000)

describe('answers of Linux 7.3.4', () => {
  it('are those of the model', () => {
    expect(held.contradictions).toEqual([])
    expect(held.calls).toBeGreaterThan(5000)
  })
  it('say which kernel gave them', () => {
    expect(recorded.from).toMatchObject({
      kernel: { release: expect.stringMatching(/^7\.3\.4/) as string },
      driver: 'mock',
    })
  })

  it('confirm the transitions that the documents are told of', () => {
    const confirmed = JSON.parse(
      readFileSync(new URL('mock-7.3.4.confirmed.json', import.meta.url), 'utf8'),
    ) as Confirmed
    expect(confirmed.confirmed).toEqual([...held.taken].sort())
    expect(
      Object.values(confirmed.unreachable)
        .flat()
        .filter((transition) => held.taken.has(transition)),
    ).toEqual([])
  })

  const notices = (system: System) => hold(recorded, system, 1).contradictions.length
  it.each([
    sends(hwptAllocPaging, 'ioas', 'inc'),
    sends(viommuAlloc, 'hwptPaging', 'inc'),
    sends(hwptAllocNested, 'viommu', 'inc'),
    sends(vdeviceAlloc, 'viommu', 'inc'),
  ])('show that $action takes a reference on the $kind', (left) => {
    expect(
      notices(recordedSystem({ proposal: proposal({ says: 'it is not taken', omit: [left] }) })),
    ).toBe(1)
  })
  it('show that a device has one VDEVICE, and a virtual id one device', () => {
    for (const rule of ['oneVdevicePerDevice', 'oneDevicePerVirtualId'] as const) {
      const without = proposal({ says: `${rule} does not hold`, rules: { [rule]: false } })
      expect(notices(recordedSystem({ proposal: without })), rule).toBe(1)
    }
  })
  it('show the order of checks', () => {
    expect(
      notices(withAction(hwptAllocPaging.name, (action) => inOtherForm(action, swapped))),
    ).toBe(1)
  })
  it('show that the id of a VDEVICE whose device goes is not used again', () => {
    const reuses = withAction(destroy.name, (action) => inOtherForm(action, reusing))
    expect(notices(reuses)).toBe(1)
  })
})

it('answers that are not the kernel’s are noticed', () => {
  const system = systemOf({ scope: 'smoke', driver: 'mock', set: recordedBounds })
  const sequence = recorded.sequences[0].map(([call, input, errno, output], i, all) =>
    i === all.length - 1
      ? ([call, input, errno === null ? 'EPERM' : null, output] as const)
      : ([call, input, errno, output] as const),
  )
  expect(hold({ ...recorded, sequences: [sequence] }, system).contradictions).toHaveLength(1)
})
