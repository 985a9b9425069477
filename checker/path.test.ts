// Longer than most: paths and locks are tested on the same two engines and the same kinds.
import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { model } from './model.ts'
import { mutex } from './mutex.ts'
import { frames, ret } from './path.ts'
import type { Calls, Nothing } from './path-types.ts'
import { explore } from './reference/explore.ts'
import { retrace } from './retrace.ts'
import { system, type Scope, type System } from './system.ts'
import { seenBy, seenIn } from './test/agreement.ts'

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
  readonly a: typeof mutex
  readonly b: typeof mutex
}
const { action, ioctl, path, always, blocked, errno, ok } = model<Kinds>()
const kinds = {
  counter: { machine: counter, count: 1 },
  a: { machine: mutex, count: 1 },
  b: { machine: mutex, count: 1 },
}
const one = (scope: Omit<Scope<Kinds>, 'kinds'>): System =>
  system<Kinds>({ kinds, deadlock: { terminal: () => false }, ...scope })

/** What both engines find. */
async function found(make: () => System) {
  const report = await check(make(), { symmetry: false })
  const reference = explore(make())
  expect(seenIn(report)).toEqual(seenBy(reference))
  const { states, transitions, refusals } = report
  expect({ states, transitions, refusals }).toEqual({
    states: reference.states,
    transitions: reference.transitions,
    refusals: reference.refusals,
  })
  const verdicts = Object.fromEntries(report.properties.map((p) => [p.id, p.verdict]))
  const ends = [...new Set(Object.values(report.statistics.outcomes).flat())]
  return { states, verdicts, report, ends: ends.filter((end) => end !== 'step').sort() }
}

interface AddTwice {
  addOne: { times: number }
  addAnother: { times: number }
}
/** Adds one, or two in two steps; says how many. */
const add = path<AddTwice, { added: number }, 'memory'>()('addOne', {
  addOne: ({ times }, { sys, call, go }) => {
    if (call.fails('memory')) return ret({ added: 0 })
    sys.counter.only.send({ type: 'add' })
    return times > 1 ? go.addAnother({ times }) : ret({ added: 1 })
  },
  addAnother: (_, { sys }) => {
    sys.counter.only.send({ type: 'add' })
    return ret({ added: 2 })
  },
})
interface Loose {
  add: Calls<typeof add>
}
/** A path that does nothing but call another. */
const addTwo = path<Loose, { added: number }, 'memory'>()(
  (_: Nothing, go) => go.add({ times: 2 }),
  { add: { calls: add, then: ({ added }) => ret({ added }) } },
)

describe('a path that others call', () => {
  interface Work {
    start: Nothing
    first: Calls<typeof add, { was: number }>
    second: Calls<typeof addTwo, { was: number; first: number }>
    takeAll: { was: number; all: number }
  }
  const work = ioctl(
    'work',
    {},
    {
      fails: ['memory'],
      frames: frames<Work>(),
      start: 'start',
      steps: {
        start: (_, { sys, go }) => {
          const was = sys.counter.only.context.n
          return was > 2 ? blocked() : go.first({ times: 1 }, { was })
        },
        first: {
          calls: add,
          then: ({ was, added }, { go }) => go.second({}, { was, first: added }),
        },
        second: {
          calls: addTwo,
          then: ({ was, first, added }, { go }) => go.takeAll({ was, all: first + added }),
        },
        takeAll: ({ was, all }, { sys }) => {
          for (let i = 0; i < all; i++) sys.counter.only.send({ type: 'take' })
          return was + all < 3 ? errno('EFEW') : ok()
        },
      },
    },
  )

  it.each([0, 1, 2])('gives its caller what it has come to: %i callers', async (callers) => {
    const { ends, verdicts } = await found(() => one({ actions: [work], callers, failures: true }))
    expect(ends).toEqual(callers < 2 ? ['EFEW', 'ok'] : ['EFEW', 'ok'])
    expect(verdicts).toEqual({ accepted: 'proved', deadlock: 'proved' })
  })

  it('has its steps once, whoever calls it, named after their labels', () => {
    expect(work.steps.map(({ name }) => name)).toEqual([
      'start',
      'add one',
      'add another',
      'take all',
    ])
  })

  it('stands in a trace with what those keep that wait for it', () => {
    const made = one({ actions: [work], callers: 1 })
    const calls = ['work', 'work:add one', 'work:add one'].map((name, i) => ({
      action: name,
      args: { caller: 'caller[0]' },
      outcome: i < 3 ? 'step' : 'ok',
    }))
    const { steps } = retrace(made, calls)
    expect(steps.at(-1)?.after.get('caller[0]')?.context).toMatchObject({
      at: 'work:add another',
      locals: {
        times: 2,
        back: [
          { to: 'second', kept: { was: 0, first: 1 } },
          { to: 'add', kept: {} },
        ],
      },
    })
  })

  it('runs in a single go, beside other threads too', async () => {
    const whole = action(
      'whole',
      {},
      {
        fails: ['memory'],
        run: (_, { counter }, call) => {
          if (counter.only.context.n > 4) return blocked()
          return call.now(addTwo, {}).added === 2 ? ok() : errno('ENOMEM')
        },
      },
    )
    const even = always('even', {
      says: '',
      holds: ({ counter }) => counter.only.context.n % 2 === 0,
    })
    for (const callers of [0, 1])
      expect(
        await found(() =>
          one({
            actions: [whole],
            properties: [even],
            failures: true,
            callers,
            deadlock: { terminal: () => true },
          }),
        ),
      ).toMatchObject({ states: 4, ends: ['ENOMEM', 'ok'], verdicts: { even: 'proved' } })
  })

  it('that waits makes a caller in a single go wait with it', async () => {
    interface Wait {
      wait: Nothing
    }
    const wait = path<Wait>()('wait', {
      wait: (_, { sys }) => (sys.counter.only.context.n === 0 ? blocked() : ret()),
    })
    const waits = action('waits', {}, (_, _view, call) => void call.now(wait, {}))
    const adds = action('adds', {}, (_, { counter }) =>
      counter.only.context.n > 0 ? blocked() : counter.only.send({ type: 'add' }),
    )
    const { report } = await found(() => one({ actions: [waits, adds] }))
    expect(report).toMatchObject({ states: 2, transitions: 2 })
  })

  it('in plain JavaScript: a label that is not there, a step that says nothing, endless circles', async () => {
    const run = (steps: object) =>
      check(
        one({
          actions: [
            ioctl('bad', {}, { frames: frames<{ a: Nothing }>(), start: 'a', steps } as never),
          ],
        }),
      )
    const to = (next: string) => () => ({ next, kept: {} })
    await expect(run({ a: to('b') })).rejects.toThrow(/CHK011.*'b'/)
    await expect(run({ a: () => undefined })).rejects.toThrow(/CHK012.*'a'.*undefined/)
    await expect(run({ a: () => ({ next: 'b', kept: { back: 1 } }), b: to('a') })).rejects.toThrow(
      /CHK013.*'back'/,
    )
    const round = path<{ a: Nothing }>()('a', { a: (_, { go }) => go.a() })
    const endless = action('endless', {}, (_, _view, call) => void call.now(round, {}))
    await expect(check(one({ actions: [endless] }))).rejects.toThrow(/CHK013.*circles.*'a'/)
  })
})

describe('locks', () => {
  type Lock = 'a' | 'b'
  /** Takes locks, in a step each; drops others in a last one. */
  const take = (name: string, taken: readonly Lock[], dropped: readonly Lock[] = taken) => {
    interface Take {
      take: Nothing
      more: { at: number }
      drop: Nothing
    }
    return ioctl(
      name,
      {},
      {
        frames: frames<Take>(),
        start: 'take',
        steps: {
          take: (_, { call, go }) => {
            call.lock(taken[0])
            return go.more({ at: 1 })
          },
          more: ({ at }, { call, go }) => {
            if (at >= taken.length) return go.drop()
            call.lock(taken[at])
            return go.more({ at: at + 1 })
          },
          drop: (_, { call }) => {
            for (const lock of dropped) call.unlock(lock)
            return ok()
          },
        },
      },
    )
  }
  const broken = async (callers: number, ...actions: ReturnType<typeof take>[]) => {
    const { report } = await found(() => one({ actions, callers }))
    const locks = report.properties.find(({ id }) => id === 'locks')
    return locks?.verdict === 'violated' ? `${locks.trace.length}: ${locks.note}` : locks?.verdict
  }

  it.each([0, 1, 2])('are held by one, for whom others wait: %i callers', async (callers) => {
    const inner = (n: number) => (n === 0 ? 1 : n)
    const { verdicts, report } = await found(() =>
      one({ actions: [take('both', ['a', 'b']), take('inner', ['b'])], callers }),
    )
    expect(verdicts).toEqual({ accepted: 'proved', locks: 'proved', deadlock: 'proved' })
    expect(report.states).toBeGreaterThanOrEqual(inner(callers))
  })

  it('cost no state where calls are whole', async () => {
    const none = { counter: { machine: counter, count: 1 } }
    const made = () => system<Kinds>({ kinds: none, actions: [take('both', ['a', 'b'])] })
    expect(await check(made())).toMatchObject({ states: 1, transitions: 1 })
  })

  it('are kept from those beside whom a call is in one piece', async () => {
    const whole = action('whole', {}, (_, _view, call) => {
      call.lock('a')
      call.unlock('a')
    })
    const { report } = await found(() => one({ actions: [take('slow', ['a']), whole], callers: 1 }))
    // Idle, and three places of the path: the piece comes in at one of them, before the lock.
    expect(report).toMatchObject({ states: 3, transitions: 4 })
  })

  it.each([
    [0, '1: keeps ends with a held'],
    [1, '3: keeps:drop ends with a held'],
  ])('a path that ends with one held: %i callers', async (callers, note) => {
    expect(await broken(callers, take('keeps', ['a'], []))).toBe(note)
  })

  it.each([
    [0, '1: again takes a twice'],
    [1, '2: again:more takes a twice'],
    [2, '2: again:more takes a twice'],
  ])('a path that takes one twice: %i callers', async (callers, note) => {
    expect(await broken(callers, take('again', ['a', 'a']))).toBe(note)
  })

  it.each([0, 1, 2])('two in the opposite order of another path: %i callers', async (callers) => {
    const two = [take('forward', ['a', 'b']), take('backward', ['b', 'a'])]
    const told = await broken(callers, ...two)
    // Both are to blame; the one that was met last is named first.
    expect(told).toMatch(callers === 0 ? /^1: / : /^2: /)
    expect(told).toMatch(/\bforward\S* takes b while it holds a\b/)
    expect(told).toMatch(/\bbackward\S* takes a while it holds b\b/)
  })

  it('three that are taken in a circle', async () => {
    const three = { ...kinds, c: { machine: mutex, count: 1 } }
    interface More extends Kinds {
      readonly c: typeof mutex
    }
    const vocabulary = model<More>()
    const pair = (x: 'a' | 'b' | 'c', y: 'a' | 'b' | 'c') =>
      vocabulary.action(`${x}${y}`, {}, (_, _view, call) => {
        call.lock(x)
        call.lock(y)
        call.unlock(x)
        call.unlock(y)
      })
    const verdict = async (...actions: ReturnType<typeof pair>[]) =>
      (await check(system<More>({ kinds: three, actions }))).properties.find(
        ({ id }) => id === 'locks',
      )
    expect(await verdict(pair('a', 'b'), pair('b', 'c'), pair('a', 'c'))).toMatchObject({
      verdict: 'proved',
    })
    expect(await verdict(pair('a', 'b'), pair('b', 'c'), pair('c', 'a'))).toMatchObject({
      note: 'ca takes a while it holds c; ab takes b while it holds a; bc takes c while it holds b',
    })
  })

  it('one that is not held cannot be dropped', async () => {
    expect(await broken(0, take('drops', ['a'], ['a', 'b']))).toBe(
      '1: drops drops b, which it does not hold',
    )
  })

  it('what is wrong is told though the body catches it', async () => {
    const hides = action('hides', {}, (_, _view, call) => {
      call.lock('a')
      try {
        call.lock('a')
      } catch {
        call.unlock('a')
      }
    })
    const { verdicts } = await found(() => one({ actions: [hides] }))
    expect(verdicts).toMatchObject({ locks: 'violated' })
  })

  it('the trace of a violation is performed once more, on another system too', async () => {
    const two = [take('forward', ['a', 'b']), take('backward', ['b', 'a'])]
    const seen = one({ actions: two })
    const locks = (await check(seen)).properties.find(({ id }) => id === 'locks')
    if (locks?.verdict !== 'violated') throw new Error('no violation')
    expect(retrace(seen, locks.trace, 'locks').note).toBe(locks.note)
    const other = one({ actions: two })
    expect(() => retrace(other, locks.trace, 'locks')).toThrow(/CHK017/)
    other.lockOrder.learn(seen.lockOrder.known())
    expect(retrace(other, locks.trace, 'locks').note).toBe(locks.note)
  })
})
