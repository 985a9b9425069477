import { assign, createMachine } from 'xstate'
import { describe, expect, it } from 'vitest'
import { asExpected, check, type CheckOptions } from './index.ts'
import type { Action } from './action.ts'
import { model } from './model.ts'
import type { Property } from './property.ts'
import { explore } from './reference/explore.ts'
import { vacuousBy } from './test/agreement.ts'
import { system, type Scope, type System } from './system.ts'

const lamp = createMachine({
  id: 'lamp',
  initial: 'off',
  context: { presses: 0 },
  states: {
    off: { on: { press: { target: 'on', actions: assign({ presses: 1 }) } } },
    on: { on: { press: { target: 'off', actions: assign({ presses: 0 }) } } },
  },
  on: { dust: {} },
})
interface Kinds {
  readonly lamp: typeof lamp
  readonly spare: typeof lamp
}
const { action, always, assume, blocked, cover, each, errno, free, stepProperty } = model<Kinds>()

const press = action('press', { one: each('lamp') }, ({ one }) => one.send({ type: 'press' }))
const refuses = action('refuses', { one: each('lamp') }, () => errno('EPERM'))
const never = action('never', {}, () => blocked())
const says = 'x'

const lamps = (properties: readonly Property<Kinds>[], more: Partial<Scope<Kinds>> = {}): System =>
  system<Kinds>({
    kinds: { lamp: { machine: lamp, count: 2, symmetric: true } },
    actions: [press, refuses, never],
    properties,
    ...more,
  })

/** The verdict on `p` (or another), and the note; the other engine must agree on what is vacuous. */
async function verdict(make: () => System, id = 'p', options: CheckOptions = {}) {
  const report = await check(make(), options)
  const vacuous = report.properties.filter((p) => p.verdict === 'vacuous').map((p) => p.id)
  if (report.complete) expect(vacuous).toEqual(vacuousBy(explore(make())))
  expect(asExpected(report)).toBe(
    report.properties.every(({ verdict: v }) => ['proved', 'covered', 'bounded'].includes(v)),
  )
  const found = report.properties.find((p) => p.id === id)
  return [found?.verdict, found !== undefined && 'note' in found ? found.note : null]
}
const of = (...properties: readonly Property<Kinds>[]) => verdict(() => lamps(properties))
const on = (actions: readonly Action[], outcome?: string) =>
  stepProperty('p', { says, on: actions, holds: () => true, ...(outcome && { outcome }) } as never)

describe('a property of calls says nothing', () => {
  it('where the action never takes place', async () =>
    expect(await of(on([never]))).toEqual(['vacuous', 'no call of never took place']))

  it('where no call ends so', async () => {
    expect(await of(on([press], 'EBUSY'))).toEqual(['vacuous', 'no call of press ended with EBUSY'])
    expect(await of(on([press], 'ok'))).toEqual(['proved', null])
  })

  it('where another action ends so', async () => {
    expect(await of(on([press], 'EPERM'))).toEqual(['vacuous', 'no call of press ended with EPERM'])
    expect(await of(on([press, refuses], 'EPERM'))).toEqual(['proved', null])
  })

  it('where an action takes two free slots and there is one', async () => {
    const both = action('both', { a: free('spare'), b: free('spare') }, ({ a }) =>
      a.send({ type: 'press' }),
    )
    const make = (count: number) => () =>
      lamps([on([both])], {
        kinds: { lamp: { machine: lamp, count: 2 }, spare: { machine: lamp, count } },
        actions: [both],
      })
    expect(await verdict(make(1))).toEqual(['vacuous', 'no call of both took place'])
    expect(await verdict(make(2))).toEqual(['proved', null])
  })

  it('where an assumption rules all such calls out', async () => {
    const dark = assume('dark', { says, holds: ({ lamp }) => lamp.every((l) => l.in('off')) })
    expect(await of(dark, on([press]))).toEqual(['vacuous', 'no call of press took place'])
    expect(await of(dark, on([refuses]))).toEqual(['proved', null])
  })

  it('but not where the search was cut short: a call may come yet', async () =>
    expect(await verdict(() => lamps([on([never])]), 'p', { maxStates: 1 })).toEqual([
      'bounded',
      null,
    ]))

  it('in depth-first order as well', async () =>
    expect(await verdict(() => lamps([on([never])]), 'p', { order: 'depth' })).toEqual([
      'vacuous',
      'no call of never took place',
    ]))
})

describe('a property of states says nothing', () => {
  const nothing = 'it looks at the state of no component'
  it('where it looks at nothing', async () =>
    expect(await of(always('p', { says, holds: () => true }))).toEqual(['vacuous', nothing]))

  it('where there is none of what it speaks of', async () => {
    const calm = always('p', { says, holds: ({ spare }) => spare.every((s) => s.in('off')) })
    const make = (count: number) => () =>
      lamps([calm], {
        kinds: { lamp: { machine: lamp, count: 2 }, spare: { machine: lamp, count } },
      })
    expect(await verdict(make(0))).toEqual(['vacuous', nothing])
    expect(await verdict(make(1))).toEqual(['proved', null])
  })

  it('but one that breaks says that', async () =>
    expect((await of(always('p', { says, holds: () => false })))[0]).toBe('violated'))

  it('and a look at one field is enough', async () =>
    expect(
      await of(always('p', { says, holds: ({ lamp }) => lamp.sum((l) => l.context.presses) < 3 })),
    ).toEqual(['proved', null]))
})

describe('a mutation that leaves out what is never sent is none', () => {
  const omitting = (act: string, event: string) => () =>
    lamps([], { omit: [{ action: act, kind: 'lamp', event }] })

  it('and is reported', async () => {
    expect(await verdict(omitting('refuses', 'press'), 'omitted')).toEqual([
      'vacuous',
      'never sent: lamp press of refuses',
    ])
    expect(await verdict(omitting('press', 'dust'), 'omitted')).toEqual([
      'vacuous',
      'never sent: lamp dust of press',
    ])
    expect(await verdict(omitting('press', 'press'), 'omitted')).toEqual(['proved', null])
  })

  it('nor is one that is sent by calls alone that do not take place', async () => {
    const tries = action('tries', { one: each('lamp') }, ({ one }) => {
      one.send({ type: 'press' })
      return blocked()
    })
    const make = () =>
      lamps([], { actions: [tries], omit: [{ action: 'tries', kind: 'lamp', event: 'press' }] })
    expect((await verdict(make, 'omitted'))[0]).toBe('vacuous')
  })

  it('a system without one has no such property', async () =>
    expect((await verdict(() => lamps([]), 'omitted'))[0]).toBeUndefined())
})

it('what must be reachable and is not, stays not covered', async () => {
  const make = () => lamps([cover('p', { says, on: [never], happens: () => true })])
  const report = await check(make())
  expect(report.properties.at(-1)).toMatchObject({ id: 'p', verdict: 'notCovered' })
})
