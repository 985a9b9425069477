import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check, type CheckOptions } from './check.ts'
import { blocks, refuse, type Ref, type WeakRef } from './lifecycle.ts'
import { model } from './model.ts'
import { mutex } from './mutex.ts'
import type { Action } from './action.ts'
import type { Property } from './property.ts'
import { explore } from './reference/explore.ts'
import type { Report } from './report.ts'
import { system, type Scope, type System } from './system.ts'

const lamp = setup({
  types: { events: {} as { type: 'press' | 'smash' | 'wait' | 'touch' } },
}).createMachine({
  id: 'lamp',
  initial: 'off',
  states: {
    off: { on: { press: { target: 'on' }, smash: refuse('EPERM'), wait: blocks(), touch: {} } },
    on: { on: { press: { target: 'off' }, wait: {}, touch: {} } },
  },
})
const sheet = setup({
  types: {
    context: {} as { lined: boolean },
    input: {} as { lined: boolean },
    events: {} as { type: 'take' | 'drop' },
  },
}).createMachine({
  id: 'sheet',
  initial: 'none',
  context: ({ input }) => input,
  states: {
    none: { on: { take: { target: 'some' } } },
    some: { on: { drop: { target: 'none' } } },
  },
})
const pin = setup({
  types: {
    context: {} as { held: Ref<'sheet'> | null; seen: WeakRef<'sheet'> | null },
    events: {} as
      | { type: 'hold'; what: Ref<'sheet'> }
      | { type: 'see'; what: WeakRef<'sheet'> }
      | { type: 'release' },
  },
}).createMachine({
  id: 'pin',
  context: { held: null, seen: null },
  on: {
    hold: { actions: assign({ held: ({ event }) => event.what }) },
    see: { actions: assign({ seen: ({ event }) => event.what }) },
    release: { actions: assign({ held: null }) },
  },
})
interface Kinds {
  readonly lamp: typeof lamp
  readonly sheet: typeof sheet
  readonly pin: typeof pin
  readonly lock: typeof mutex
}
type Code = 'EPERM' | 'EIO' | 'EBUSY'
const {
  action,
  ioctl,
  step,
  each,
  free,
  oneOf,
  errno,
  ok,
  blocked,
  goto,
  weakRef,
  always,
  stepProperty,
  cover,
  assume,
} = model<Kinds, Code>()

/** Actions (on one lamp where nothing else is said) and what both engines count. */
const scope = (actions: readonly Action[], more: Partial<Scope<Kinds>> = {}): System =>
  system<Kinds>({ kinds: { lamp: { machine: lamp, count: 1 } }, actions, ...more })

/** Checks, and holds the other engine against it. */
async function run(make: () => System, options: CheckOptions = {}): Promise<Report> {
  const report = await check(make(), { symmetry: false, ...options })
  if (report.complete) {
    const reference = explore(make())
    expect([report.states, report.transitions, report.refusals]).toEqual([
      reference.states,
      reference.transitions,
      reference.refusals,
    ])
  }
  return report
}
const counts = ({ states, transitions, refusals }: Report) => ({ states, transitions, refusals })
const verdict = (report: Report, id: string) => report.properties.find((p) => p.id === id)
const one = each('lamp')
const press = action('press', { one }, ({ one }) => one.send({ type: 'press' }))

describe('what a call comes to', () => {
  it('a refusal without writes is an outcome, counted, and no successor', async () => {
    const refuses = action('smash', { one }, ({ one }) => one.send({ type: 'smash' }))
    const never = scope([refuses], { deadlock: { terminal: () => false } })
    const report = await run(() => never)
    expect(counts(report)).toEqual({ states: 1, transitions: 0, refusals: 1 })
    expect(report.statistics.outcomes).toEqual({ smash: ['EPERM'] })
    expect(verdict(report, 'deadlock')).toMatchObject({ verdict: 'violated', trace: [] })
  })

  it('an errno after a write is a transition: what was sent stays', async () => {
    const half = action('half', { one }, ({ one }) => {
      if (one.in('on')) return blocked()
      one.send({ type: 'press' })
      return errno('EIO')
    })
    const reached = cover('on', { says: 'x', holds: ({ lamp }) => lamp.some((l) => l.in('on')) })
    const report = await run(() => scope([half], { properties: [reached] }))
    expect(counts(report)).toEqual({ states: 2, transitions: 1, refusals: 0 })
    expect(verdict(report, 'on')).toMatchObject({
      verdict: 'covered',
      trace: [{ action: 'half', outcome: 'EIO' }],
    })
  })

  it('a refusal after a write keeps the write', async () => {
    const both = action('both', { one }, ({ one }) => {
      if (one.in('on')) return blocked()
      one.send({ type: 'press' })
      one.send({ type: 'press' })
      one.send({ type: 'press' })
      one.send({ type: 'press' })
      one.send({ type: 'smash' })
    })
    expect(counts(await run(() => scope([both])))).toEqual({
      states: 1,
      transitions: 0,
      refusals: 1,
    })
  })

  it('success without a change is a transition to the state itself', async () => {
    const report = await run(() =>
      scope([action('look', {}, () => ok()), action('nothing', {}, () => undefined)]),
    )
    expect(counts(report)).toEqual({ states: 1, transitions: 2, refusals: 0 })
  })

  it('an action that looks at nothing ends in every way', async () => {
    const report = await run(() =>
      scope([press, action('no', {}, () => errno('EIO')), action('not now', {}, () => blocked())]),
    )
    expect(counts(report)).toEqual({ states: 2, transitions: 2, refusals: 2 })
    expect(report.statistics.neverEnabled).toEqual(['not now'])
  })

  it('a wait is no transition, and takes back what was sent before it', async () => {
    const waits = action('waits', { a: one, b: one }, ({ a, b }) => {
      a.send({ type: 'press' })
      b.send({ type: 'wait' })
    })
    const two = () => scope([waits], { kinds: { lamp: { machine: lamp, count: 2 } } })
    // A lamp that has just been lit does not make it wait; one that stays dark does, and the first
    // is dark again.
    const report = await run(two)
    expect(counts(report).states).toBe(4)
    expect(report.statistics.outcomes).toEqual({ waits: ['ok'] })
    const sticks = action('sticks', { one }, ({ one }) => {
      one.send({ type: 'press' })
      return blocked()
    })
    expect(counts(await run(() => scope([sticks])))).toEqual({
      states: 1,
      transitions: 0,
      refusals: 0,
    })
  })

  it('an event that is not accepted breaks `accepted`, with its trace', async () => {
    const smashes = action(
      'smash',
      { one },
      ({ one }) => void (one.in('on') && one.send({ type: 'smash' })),
    )
    const report = await run(() => scope([press, smashes]))
    expect(verdict(report, 'accepted')).toMatchObject({
      verdict: 'violated',
      trace: [
        { action: 'press', args: { one: 'lamp[0]' }, outcome: 'ok' },
        { action: 'smash', args: { one: 'lamp[0]' }, outcome: 'unaccepted' },
      ],
    })
  })

  it('try hands the refusal back, and null for what was taken', async () => {
    const told = action('told', { one }, ({ one }) => {
      const first = one.try({ type: 'smash' })
      const second = one.try({ type: 'touch' })
      return first === 'EPERM' && second === null ? errno('EBUSY') : ok()
    })
    const report = await run(() => scope([told]))
    expect(report.statistics.outcomes).toEqual({ told: ['EBUSY'] })
  })

  it('a point of failure is a call of its own where it is reached, and none where it is not', async () => {
    const fallible = action(
      'fallible',
      { one },
      {
        fails: ['memory', 'bus'],
        run: ({ one }, _, call) => {
          if (call.fails('memory')) return errno('EIO')
          one.send({ type: 'press' })
          if (one.in('off') && call.fails('bus')) return errno('EBUSY')
        },
      },
    )
    expect(counts(await run(() => scope([fallible])))).toEqual({
      states: 2,
      transitions: 2,
      refusals: 0,
    })
    // off: press, or no memory. on: press, no memory, or no bus (after the press).
    expect(counts(await run(() => scope([fallible], { failures: true })))).toEqual({
      states: 2,
      transitions: 3,
      refusals: 2,
    })
  })

  it('a constant parameter takes every value', async () => {
    const often = action('often', { one, times: oneOf(0, 1, 2) }, ({ one, times }) => {
      for (let i = 0; i < times; i++) one.send({ type: 'press' })
    })
    expect(counts(await run(() => scope([often])))).toEqual({
      states: 2,
      transitions: 6,
      refusals: 0,
    })
  })
})

describe('free slots', () => {
  const take = action('take', { as: free('sheet') }, ({ as }) => as.send({ type: 'take' }))
  const drop = action('drop', { sheet: each('sheet') }, ({ sheet }) =>
    sheet.in('none') ? blocked() : void sheet.send({ type: 'drop' }),
  )
  const sheets = (lined: (i: number) => boolean, actions: readonly Action[], count = 4) =>
    system<Kinds>({
      kinds: {
        sheet: { machine: sheet, count, input: (i) => ({ lined: lined(i) }) },
        pin: { machine: pin, count: 1 },
      },
      actions,
    })

  it('one of each sort is taken', async () => {
    expect(counts(await run(() => sheets(() => false, [take])))).toEqual({
      states: 5,
      transitions: 4,
      refusals: 0,
    })
    // Two sorts of two: (2 + 1) * (2 + 1) states.
    expect(counts(await run(() => sheets((i) => i > 1, [take])))).toEqual({
      states: 9,
      transitions: 12,
      refusals: 0,
    })
  })

  it('two parameters are two slots: one pair of each two sorts, in either order', async () => {
    const both = action('both', { a: free('sheet'), b: free('sheet') }, ({ a, b }) => {
      if (a === b) return errno('EIO')
      a.send({ type: 'take' })
      b.send({ type: 'take' })
      return undefined
    })
    // 0, 2 or 4 of four are taken.
    expect(counts(await run(() => sheets(() => false, [both])))).toEqual({
      states: 3,
      transitions: 2,
      refusals: 0,
    })
    // Two of each sort: none, two of one, one of each, all; from none, both orders of one of each.
    expect(counts(await run(() => sheets((i) => i > 1, [both])))).toEqual({
      states: 5,
      transitions: 8,
      refusals: 0,
    })
    expect(counts(await run(() => sheets(() => false, [both], 1)))).toEqual({
      states: 1,
      transitions: 0,
      refusals: 0,
    })
  })

  it('a reference that holds may not outlive its target; a weak one may', async () => {
    const hold = action('hold', { sheet: each('sheet') }, ({ sheet }, { pin }) =>
      sheet.in('none') ? blocked() : pin.only.send({ type: 'hold', what: sheet }),
    )
    const see = action('see', { sheet: each('sheet') }, ({ sheet }, { pin }) =>
      sheet.in('none') ? blocked() : pin.only.send({ type: 'see', what: weakRef(sheet) }),
    )
    expect(
      verdict(await run(() => sheets(() => false, [take, drop, hold])), 'dangling'),
    ).toMatchObject({
      verdict: 'violated',
      trace: [{ action: 'take' }, { action: 'hold' }, { action: 'drop' }],
      note: 'pin[0] refers to sheet[0], which is free',
    })
    expect(
      verdict(await run(() => sheets(() => false, [take, drop, see])), 'dangling'),
    ).toMatchObject({ verdict: 'proved' })
  })

  it('a slot that a weak reference still names is taken again, and is left alone too; with symmetry as without', async () => {
    // One sheet at a time, so that the slot dropped last is not taken for want of another.
    const single = action('take', { as: free('sheet') }, ({ as }, view) =>
      view.sheet.some((s) => s.in('some')) ? blocked() : as.send({ type: 'take' }),
    )
    const see = action('see', { sheet: each('sheet') }, ({ sheet }, { pin }) =>
      sheet.in('none') || pin.only.context.seen !== null
        ? blocked()
        : pin.only.send({ type: 'see', what: weakRef(sheet) }),
    )
    const gone = action('gone', {}, (_, { pin }) =>
      pin.only.context.seen?.in('none') === true && pin.only.context.held === null
        ? ok()
        : blocked(),
    )
    const later = (again: boolean) =>
      cover(again ? 'again' : 'another', {
        says: 'x',
        holds: ({ pin, sheet }) => {
          const { seen } = pin.only.context
          return seen !== null && sheet.some((s) => s.in('some') && (s === seen) === again)
        },
      })
    const make = () =>
      system<Kinds>({
        kinds: {
          sheet: { machine: sheet, count: 3, input: () => ({ lined: false }), symmetric: true },
          pin: { machine: pin, count: 1 },
        },
        actions: [single, drop, see, gone],
        properties: [later(true), later(false)],
      })
    for (const symmetry of [true, false]) {
      const report = await check(make(), { symmetry })
      expect(verdict(report, 'again'), `symmetry ${symmetry}`).toMatchObject({ verdict: 'covered' })
      expect(verdict(report, 'another'), `symmetry ${symmetry}`).toMatchObject({
        verdict: 'covered',
      })
    }
  })
})

describe('steps', () => {
  const locked = (retries: boolean) =>
    ioctl(
      'work',
      { one },
      {
        locals: { tried: 0 },
        steps: [
          {
            name: 'look',
            run: ({ one }, _, { locals }) => {
              locals.tried++
              return one.in('on') ? errno('EBUSY') : undefined
            },
          },
          step('lock', (_, { lock }) => lock.only.send({ type: 'acquire' })),
          {
            name: 'work',
            run: ({ one }, { lock }, { locals }) => {
              if (retries && one.in('on') && locals.tried < 2) {
                lock.only.send({ type: 'release' })
                return goto('look')
              }
              one.send({ type: 'press' })
            },
          },
          step('unlock', (_, { lock }) => lock.only.send({ type: 'release' })),
        ],
      },
    )
  const working = (callers: number, retries = false, properties: readonly Property<Kinds>[] = []) =>
    system<Kinds>({
      kinds: { lamp: { machine: lamp, count: 1 }, lock: { machine: mutex, count: 1 } },
      actions: [locked(retries)],
      properties,
      callers,
      deadlock: { terminal: ({ lamp }) => lamp.only.in('on') },
    })
  const lit = (says: string) =>
    stepProperty(says, {
      says,
      holds: ({ before, after }) => !(before.lamp.only.in('on') && after.lamp.only.in('off')),
    })

  it('without callers a path is one transition', async () => {
    const report = await run(() => working(0))
    expect(counts(report)).toEqual({ states: 2, transitions: 1, refusals: 1 })
    expect(report.statistics.outcomes).toEqual({ work: ['EBUSY', 'ok'] })
  })

  it('callers interleave: a look before the lock is out of date by the time of the work', async () => {
    expect(verdict(await run(() => working(1, false, [lit('lit')])), 'lit')).toMatchObject({
      verdict: 'proved',
    })
    const report = await run(() => working(2, false, [lit('lit')]))
    expect(verdict(report, 'lit')).toMatchObject({ verdict: 'violated' })
    const found = verdict(report, 'lit')
    const actions = found !== undefined && 'trace' in found ? found.trace.map((s) => s.action) : []
    expect(actions).toHaveLength(7)
    expect(actions[6]).toBe('work:work')
    expect(actions.filter((a) => a === 'work')).toHaveLength(2)
    expect(verdict(report, 'deadlock')).toMatchObject({ verdict: 'proved' })
  })

  it('goto leads back, to the first step as well', async () => {
    const report = await run(() => working(2, true, [lit('lit')]))
    expect(verdict(report, 'lit')).toMatchObject({ verdict: 'proved' })
    expect(report.statistics.outcomes['work:look']).toEqual(['EBUSY'])
    expect(report.statistics.neverEnabled).toEqual([])
  })

  it('a path that goes round in circles is refused', async () => {
    const round = ioctl(
      'round',
      {},
      { steps: [step('a', () => undefined), step('b', () => goto('a'))] },
    )
    await expect(check(scope([round]))).rejects.toMatchObject({ code: 'CHK013' })
  })

  it('a lock that is never given back is a deadlock', async () => {
    const keeps = ioctl(
      'keeps',
      {},
      {
        steps: [
          step('lock', (_, { lock }) => lock.only.send({ type: 'acquire' })),
          step('go', () => undefined),
        ],
      },
    )
    const make = () =>
      system<Kinds>({
        kinds: { lock: { machine: mutex, count: 1 } },
        actions: [keeps],
        callers: 1,
        deadlock: { terminal: () => false },
      })
    expect(verdict(await run(make), 'deadlock')).toMatchObject({
      verdict: 'violated',
      trace: [{ outcome: 'step' }, { outcome: 'ok' }],
    })
  })
})

describe('properties', () => {
  const once = action('once', { one }, ({ one }) =>
    one.in('on') ? blocked() : one.send({ type: 'press' }),
  )

  it('a state without a transition is a deadlock unless it is meant to be the last', async () => {
    const ends = (last: boolean) => () =>
      scope([once], { deadlock: { terminal: ({ lamp }) => last && lamp.only.in('on') } })
    expect(verdict(await run(ends(false)), 'deadlock')).toMatchObject({
      verdict: 'violated',
      trace: [{ action: 'once' }],
    })
    expect(verdict(await run(ends(true)), 'deadlock')).toMatchObject({ verdict: 'proved' })
    expect(verdict(await run(() => scope([once])), 'deadlock')).toBeUndefined()
  })

  it('a state whose only call is assumed away is a deadlock, in the search and in its replay', async () => {
    const dark = assume('dark', { says: 'x', holds: ({ lamp }) => !lamp.some((l) => l.in('on')) })
    const report = await run(() =>
      scope([once], { properties: [dark], deadlock: { terminal: () => false } }),
    )
    expect(verdict(report, 'deadlock')).toMatchObject({ verdict: 'violated', trace: [] })
  })

  it('an assumption leaves states out, and the calls that lead there', async () => {
    const few = assume('few', { says: 'x', holds: ({ lamp }) => lamp.count((l) => l.in('on')) < 2 })
    const many = cover('many', {
      says: 'x',
      holds: ({ lamp }) => lamp.count((l) => l.in('on')) === 2,
    })
    const call = cover('call', {
      says: 'x',
      happens: ({ after }) => after.lamp.count((l) => l.in('on')) === 2,
    })
    const report = await run(() =>
      scope([press], {
        kinds: { lamp: { machine: lamp, count: 3 } },
        properties: [few, many, call],
      }),
    )
    expect(counts(report)).toEqual({ states: 4, transitions: 6, refusals: 0 })
    expect(verdict(report, 'many')).toMatchObject({ verdict: 'notCovered' })
    expect(verdict(report, 'call')).toMatchObject({ verdict: 'notCovered' })
  })

  it('a property of calls sees refusals, and whether anything changed', async () => {
    const smash = action('smash', { one }, ({ one }) =>
      one.in('off') ? one.send({ type: 'smash' }) : blocked(),
    )
    const quiet = stepProperty('quiet', {
      says: 'x',
      on: [smash],
      holds: ({ outcome, changed, args, before, after }) =>
        outcome === 'EPERM' &&
        !changed &&
        before.at(args.one as never) !== null &&
        after.lamp.every((l) => l.in('off')),
    })
    const loud = stepProperty('loud', { says: 'x', holds: ({ outcome }) => outcome !== 'EPERM' })
    const report = await run(() => scope([smash], { properties: [quiet, loud] }))
    expect(verdict(report, 'quiet')).toMatchObject({ verdict: 'proved' })
    expect(verdict(report, 'loud')).toMatchObject({
      verdict: 'violated',
      trace: [{ action: 'smash', outcome: 'EPERM' }],
    })
  })

  it('properties of whole calls are left out where callers interleave', async () => {
    const whole = stepProperty('whole', { says: 'x', whole: true, holds: () => false })
    expect(
      verdict(await run(() => scope([press], { properties: [whole] })), 'whole'),
    ).toMatchObject({ verdict: 'violated' })
    expect(
      verdict(await run(() => scope([press], { properties: [whole], callers: 1 })), 'whole'),
    ).toBeUndefined()
  })

  it('an event that is omitted is not sent, by either engine', async () => {
    const lights = cover('lights', { says: 'x', holds: ({ lamp }) => lamp.some((l) => l.in('on')) })
    const make = (event: string) => () =>
      scope([press], { properties: [lights], omit: [{ action: 'press', kind: 'lamp', event }] })
    expect(verdict(await run(make('press')), 'lights')).toMatchObject({ verdict: 'notCovered' })
    expect(explore(make('press')()).states).toBe(1)
    expect(verdict(await run(make('smash')), 'lights')).toMatchObject({ verdict: 'covered' })
  })
})

describe('limits', () => {
  const many = (lamps: number) => () =>
    scope([press], {
      kinds: { lamp: { machine: lamp, count: lamps } },
      properties: [
        always('quiet', { says: 'x', holds: () => true }),
        always('dark', { says: 'x', holds: ({ lamp }) => !lamp.some((l) => l.in('on')) }),
        cover('bright', { says: 'x', holds: ({ lamp }) => lamp.every((l) => l.in('on')) }),
      ],
    })
  const cutShort = (report: Report, by: string) => {
    expect(report).toMatchObject({ complete: false, cut: by })
    expect(verdict(report, 'quiet')).toMatchObject({ verdict: 'bounded', by })
    expect(verdict(report, 'accepted')).toMatchObject({ verdict: 'bounded', by })
    expect(verdict(report, 'dark')).toMatchObject({ verdict: 'violated' })
    expect(verdict(report, 'bright')).toMatchObject({ verdict: 'unknown', by })
  }

  it('states', async () => {
    const report = await check(many(12)(), { symmetry: false, maxStates: 100 })
    cutShort(report, 'states')
    expect(report.states).toBeGreaterThanOrEqual(100)
    // Successors are looked up in batches.
    expect(report.states).toBeLessThan(100 + 12 + 256)
  })

  it('depth', async () => {
    const report = await check(many(8)(), { symmetry: false, maxDepth: 2 })
    cutShort(report, 'depth')
    expect(report.states).toBe(1 + 8 + 28)
    expect(report.depth).toBe(2)
  })

  it('a limit that is not reached cuts nothing', async () => {
    expect(await check(many(3)(), { symmetry: false, maxStates: 9, maxDepth: 5 })).toMatchObject({
      complete: true,
      cut: null,
      states: 8,
    })
  })

  it('memory', async () => {
    cutShort(
      await check(many(24)(), {
        symmetry: false,
        maxMemory: process.memoryUsage.rss() + 8 * 2 ** 20,
      }),
      'memory',
    )
  })

  it('an interrupt', async () => {
    const stop = new AbortController()
    let heard = 0
    const report = await check(many(24)(), {
      symmetry: false,
      signal: stop.signal,
      onProgress: ({ states, frontier }) => {
        expect(frontier).toBeLessThanOrEqual(states)
        if (++heard === 2) stop.abort()
      },
    })
    expect(heard).toBe(2)
    cutShort(report, 'interrupt')
  })
})

describe('the same input gives the same', () => {
  const make = () =>
    scope([press, action('touch', { one }, ({ one }) => one.send({ type: 'touch' }))], {
      kinds: { lamp: { machine: lamp, count: 4, symmetric: true } },
      properties: [
        always('dim', { says: 'x', holds: ({ lamp }) => lamp.count((l) => l.in('on')) < 3 }),
      ],
    })
  const lasting = ({ seconds, peakBytes, ...rest }: Report) => ({
    ...rest,
    timed: seconds >= 0 && peakBytes > 0,
  })

  it.each([true, false])(
    'numbers and traces, symmetry %s, for two systems and for one checked twice',
    async (symmetry) => {
      const made = make()
      const first = lasting(await check(made, { symmetry }))
      expect(lasting(await check(make(), { symmetry }))).toEqual(first)
      expect(lasting(await check(made, { symmetry }))).toEqual(first)
    },
  )
})
