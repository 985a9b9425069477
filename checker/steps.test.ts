import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { model } from './model.ts'
import { mutex } from './mutex.ts'
import { explore } from './reference/explore.ts'
import { retrace } from './retrace.ts'
import { seenBy, seenIn } from './test/agreement.ts'
import { traceText } from './trace-text.ts'
import { system, type Scope, type System } from './system.ts'

const counter = setup({
  types: { context: {} as { n: number }, events: {} as { type: 'add' } | { type: 'take' } },
}).createMachine({
  id: 'counter',
  context: { n: 0 },
  on: {
    add: { actions: assign({ n: ({ context }) => context.n + 1 }) },
    take: { actions: assign({ n: ({ context }) => context.n - 1 }) },
  },
})
interface Kinds {
  readonly counter: typeof counter
  readonly lock: typeof mutex
}
const { ioctl, step, goto, blocked, errno, always, cover, action } = model<Kinds>()
const kinds = { counter: { machine: counter, count: 1 }, lock: { machine: mutex, count: 1 } }
const one = (scope: Omit<Scope<Kinds>, 'kinds'>): System => system<Kinds>({ kinds, ...scope })

/** Both engines; the outcomes that calls have. */
async function found(make: () => System) {
  const report = await check(make(), { symmetry: false })
  expect(seenIn(report)).toEqual(seenBy(explore(make())))
  const ends = [...new Set(Object.values(report.statistics.outcomes).flat())]
  return {
    states: report.states,
    verdicts: Object.fromEntries(report.properties.map((p) => [p.id, p.verdict])),
    ends: ends.filter((end) => end !== 'step').sort(),
  }
}

describe('a path of one step that goes to itself', () => {
  const loop = ioctl(
    'loop',
    {},
    {
      steps: [
        step('x', (_, { counter }) => {
          if (counter.only.context.n === 3) return undefined
          counter.only.send({ type: 'add' })
          return goto('x')
        }),
      ],
    },
  )
  const low = always('low', { says: 'n < 3', holds: ({ counter }) => counter.only.context.n < 3 })
  const deadlock = { terminal: () => false }
  it.each([0, 1, 2])('counts to 3, and then returns: %i callers', async (callers) => {
    const { verdicts } = await found(() =>
      one({ actions: [loop], properties: [low], callers, deadlock }),
    )
    expect(verdicts).toMatchObject({ low: 'violated', deadlock: 'proved' })
  })

  it('a spin lock is no deadlock', async () => {
    const spin = ioctl(
      'spin',
      {},
      {
        steps: [
          step('take', (_, { lock }) =>
            lock.only.in('held') ? goto('take') : lock.only.send({ type: 'acquire' }),
          ),
          step('give', (_, { lock }) => lock.only.send({ type: 'release' })),
        ],
      },
    )
    const { verdicts } = await found(() => one({ actions: [spin], callers: 2, deadlock }))
    expect(verdicts).toMatchObject({ deadlock: 'proved', accepted: 'proved' })
  })

  it('a body in one piece has no step to go to', async () => {
    const body = ioctl('body', {}, () => goto('body'))
    for (const callers of [0, 1])
      await expect(check(one({ actions: [body], callers }))).rejects.toMatchObject({
        code: 'CHK011',
      })
  })
})

describe('points of failure', () => {
  /** An operation, and a roll-back that can fail as well. */
  const work = ioctl(
    'work',
    {},
    {
      fails: ['operation', 'roll-back'],
      steps: [
        step('do', (_, { counter }, call) => {
          if (counter.only.context.n > 0) return blocked()
          counter.only.send({ type: 'add' })
          if (call.fails('operation')) return goto('undo')
          return undefined
        }),
        step('done', (_, { counter }) => {
          counter.only.send({ type: 'take' })
          return errno('EDONE')
        }),
        step('undo', (_, { counter }, call) => {
          if (call.fails('roll-back')) return errno('EBROKEN')
          counter.only.send({ type: 'take' })
          return errno('EUNDONE')
        }),
      ],
    },
  )
  const clean = always('clean', {
    says: 'Between calls nothing is counted.',
    holds: ({ counter }) => counter.only.context.n < 2,
  })
  it.each([0, 1])('one: no double fault, with %i callers', async (callers) => {
    const { ends } = await found(() =>
      one({ actions: [work], properties: [clean], callers, failures: 'one' }),
    )
    expect(ends).toEqual(['EDONE', 'EUNDONE'])
  })
  it.each([0, 1])(
    'any: the roll-back of a failed operation fails, with %i callers',
    async (callers) => {
      const { ends } = await found(() =>
        one({ actions: [work], properties: [clean], callers, failures: 'any' }),
      )
      expect(ends).toEqual(['EBROKEN', 'EDONE', 'EUNDONE'])
    },
  )
  it('true is one, false is none', async () => {
    const ends = async (failures: boolean) =>
      (await found(() => one({ actions: [work], failures }))).ends
    expect(await ends(true)).toEqual(['EDONE', 'EUNDONE'])
    expect(await ends(false)).toEqual(['EDONE'])
  })

  /** Asks for several points, the first of them twice, in two steps. */
  const twice = ioctl(
    'twice',
    {},
    {
      fails: ['a', 'b', 'never'],
      locals: { first: '' },
      steps: [
        {
          name: 'one',
          run: (_, _view, { locals, fails }) => {
            locals.first = `${Number(fails('a'))}${Number(fails('b'))}`
          },
        },
        {
          name: 'two',
          run: (_, _view, { locals, fails }) =>
            errno(`E${locals.first}${Number(fails('a'))}${Number(fails('b'))}`),
        },
      ],
    },
  )
  it.each([0, 1])('a point answers once for a whole call, with %i callers', async (callers) => {
    const ends = async (failures: 'one' | 'any') =>
      (await found(() => one({ actions: [twice], callers, failures }))).ends
    expect(await ends('one')).toEqual(['E0000', 'E0101', 'E1010'])
    expect(await ends('any')).toEqual(['E0000', 'E0101', 'E1010', 'E1111'])
  })
  it('more points than can fail together are refused', () => {
    const many = ioctl('many', {}, {
      fails: Array.from({ length: 11 }, (_, i) => `p${i}`),
      run: () => undefined,
    } as never)
    expect(() => one({ actions: [many], failures: 'any' })).toThrow(/CHK013.*11 points of failure/)
  })
})

describe('locals', () => {
  it('a list and an object in them belong to one call, and can be changed', async () => {
    const push = ioctl(
      'push',
      {},
      {
        locals: { list: [] as number[], deep: { n: 0 } },
        steps: [
          { name: 'a', run: (_, _view, { locals }) => void (locals.list.push(1), locals.deep.n++) },
          { name: 'b', run: (_, _view, { locals }) => void (locals.list.push(2), locals.deep.n++) },
          {
            name: 'c',
            run: (_, _view, { locals }) =>
              errno(locals.list.join() === '1,2' && locals.deep.n === 2 ? 'EGOOD' : 'EBAD'),
          },
        ],
      },
    )
    for (const callers of [0, 1, 2])
      expect((await found(() => one({ actions: [push], callers }))).ends).toEqual(['EGOOD'])
  })
})

describe('roles of callers', () => {
  const count = ioctl(
    'count',
    {},
    {
      steps: [
        step('a', () => undefined),
        step('b', (_, { counter }) => {
          if (counter.only.context.n < 2) counter.only.send({ type: 'add' })
        }),
      ],
    },
  )
  const irq = ioctl(
    'irq',
    {},
    { steps: [step('a', () => undefined), step('b', () => undefined)] },
    { role: 'interrupt' },
  )
  it('each path is run by its own: two users and one interrupt are 3 * 2 places, three counts', async () => {
    const make = () => one({ actions: [count, irq], callers: { user: 2, interrupt: 1 } })
    const report = await check(make())
    // Users are interchangeable: none, one or both of them under way.
    expect(report.states).toBe(3 * 2 * 3)
    // Of idle users the first is taken: the second is never alone before anything was counted.
    expect((await check(make(), { symmetry: false })).states).toBe(4 * 2 * 3 - 2)
    expect(explore(make()).states).toBe(4 * 2 * 3 - 2)
    expect(report.statistics.neverEnabled).toEqual([])
  })
  it('a trace shows of whoever runs a path where it stands', () => {
    const system = one({ actions: [count, irq], callers: { user: 2, interrupt: 1 } })
    const steps = [{ action: 'count', args: { caller: 'user[0]' }, outcome: 'step' }]
    expect(traceText(retrace(system, steps))).toBe(
      '  1. count caller=user[0] → step\n       user[0]: idle → running, at null → count:b',
    )
  })
  it('a role that the scope does not have is refused', () => {
    expect(() => one({ actions: [irq], callers: 2 })).toThrow(/CHK011.*'interrupt'/)
  })
})

describe('covers and hardware beside callers', () => {
  it('an action needs no caller', async () => {
    const tick = action('tick', {}, (_, { counter }) =>
      counter.only.context.n === 0 ? counter.only.send({ type: 'add' }) : blocked(),
    )
    const ticked = cover('ticked', {
      says: '',
      holds: ({ counter }) => counter.only.context.n === 1,
    })
    const { verdicts } = await found(() =>
      one({ actions: [tick], properties: [ticked], callers: 1 }),
    )
    expect(verdicts).toMatchObject({ ticked: 'covered' })
  })
})
