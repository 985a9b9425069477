import { assign, createMachine, emit, log, raise } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { errorCodes } from './errors.ts'
import { blocks, refuse } from './lifecycle.ts'
import {
  act,
  acting,
  enqueuing,
  go,
  going,
  judging,
  loose,
  machineOf,
  plain,
  refusal,
  things,
  type Loose,
} from './test/refused.ts'
import { system, type System } from './system.ts'

/** What is wrong, the code that it is refused with, and what its message must name. */
type Fixture = readonly [
  what: string,
  code: keyof typeof errorCodes,
  names: RegExp,
  make: () => System,
]

class Box {
  readonly n = 1
}
const holding = (value: unknown) => () => things(going([], { field: value }), [go()])
const becoming = (value: unknown) => () =>
  things(going(assign({ field: () => value as never }), { field: 0 }), [go()])

function round(): object {
  const one: { self?: object } = {}
  one.self = one
  return one
}
const deep = (levels: number): object =>
  Array.from({ length: levels }).reduce<object>((within) => ({ within }), {})
/** Few objects, many ways to them. */
const wide = (levels: number): object =>
  Array.from({ length: levels }).reduce<object>((one) => ({ a: one, b: one }), {})

/** A thing that waits for a second, and for an actor, which an action says to end so. */
const waiting = (ends: object, state = 'here', more: object = {}): System =>
  things(awaiting(more), [
    loose.after('late', 'thing' as never, 'here' as never, 1000),
    loose.invoke('end', 'thing' as never, state as never, ends as never),
  ])
const awaiting = (more: object = {}) =>
  machineOf({
    initial: 'here',
    states: {
      here: {
        invoke: { src: createMachine({}), onDone: 'there', ...more },
        after: { 1000: 'there' },
      },
      there: {},
    },
  })

const contexts: Fixture[] = [
  ['a Set', 'CHK001', /thing: context\.field holds Set/, holding(new Set())],
  ['a Map', 'CHK001', /thing: context\.field holds Map/, holding(new Map())],
  ['a bigint', 'CHK001', /thing: context\.field holds bigint 1/, holding(1n)],
  ['undefined', 'CHK001', /thing: context\.field holds undefined/, holding(undefined)],
  ['NaN', 'CHK001', /thing: context\.field holds number NaN/, holding(NaN)],
  ['Infinity', 'CHK001', /thing: context\.field holds number Infinity/, holding(Infinity)],
  ['a Date', 'CHK001', /thing: context\.field holds Date/, holding(new Date(0))],
  ['an instance of a class', 'CHK001', /thing: context\.field holds Box/, holding(new Box())],
  ['a function', 'CHK001', /thing: context\.field holds function/, holding(() => 1)],
  [
    'something deep down',
    'CHK001',
    /thing: context\.field\.list\[1\] holds Set/,
    holding({ list: [1, new Set()] }),
  ],
  [
    'a hole in a list',
    'CHK001',
    /thing: context\.field\[0\] holds undefined/,
    holding(new Array(1)),
  ],
  [
    'a context that refers to itself',
    'CHK001',
    /thing: context refers to itself/,
    holding(round()),
  ],
  [
    'a context 3,000 deep',
    'CHK001',
    /thing: context .* deeper than 500 levels/,
    holding(deep(3000)),
  ],
  [
    'more than is small',
    'CHK001',
    /thing: context holds more than 100000 values/,
    holding(wide(17)),
  ],
  [
    'a context that an assign makes refer to itself',
    'CHK001',
    /thing: context refers to itself/,
    becoming(round()),
  ],
  [
    'an event that refers to itself',
    'CHK001',
    /an event for thing refers to itself/,
    () => acting((({ thing }) => thing.send({ type: 'go', at: round() })) as Loose),
  ],
  [
    'an event 3,000 deep',
    'CHK001',
    /an event for thing .* deeper than 500 levels/,
    () => acting((({ thing }) => thing.send({ type: 'go', at: deep(3000) })) as Loose),
  ],
  [
    'locals that refer to themselves',
    'CHK001',
    /locals refers to itself/,
    () =>
      things(plain(), [
        loose.ioctl('act', {}, { locals: { kept: round() }, run: () => undefined } as never),
      ]),
  ],
  [
    'an output that is no plain JSON',
    'CHK001',
    /an output of thing holds Date/,
    () => waiting({ done: [new Date(0)], error: [] }),
  ],
  [
    'a Set put there by an assign',
    'CHK001',
    /thing: context\.field holds Set/,
    becoming(new Set()),
  ],
  ['NaN put there by an assign', 'CHK001', /thing: context\.field holds number NaN/, becoming(NaN)],
  [
    'a Date in an event',
    'CHK001',
    /event for thing\.at holds Date/,
    () => acting((({ thing }) => thing.send({ type: 'go', at: new Date(0) })) as Loose),
  ],
]

const machines: Fixture[] = [
  [
    'history',
    'CHK002',
    /thing\.past uses history/,
    () => things(machineOf({ initial: 'a', states: { a: {}, past: { type: 'history' } } }), [go()]),
  ],
  [
    'invoke',
    'CHK002',
    /thing\.a uses invoke/,
    () =>
      things(machineOf({ initial: 'a', states: { a: { invoke: { src: createMachine({}) } } } }), [
        go(),
      ]),
  ],
  [
    'after',
    'CHK002',
    /thing\.a uses after/,
    () => things(machineOf({ initial: 'a', states: { a: { after: { 10: 'b' } }, b: {} } }), [go()]),
  ],
  [
    'an actor spawned in assign',
    'CHK002',
    /thing.*spawn/,
    () =>
      things(
        going(
          assign((({ spawn }: { spawn: (logic: unknown) => unknown }) => {
            spawn(createMachine({}))
            return {}
          }) as never),
        ),
        [go()],
      ),
  ],
  [
    'an inline function',
    'CHK003',
    /event go of thing\.here runs a function/,
    () =>
      things(
        going(() => undefined),
        [go()],
      ),
  ],
  [
    'a named action that is not there',
    'CHK003',
    /event go of thing\.here runs ring/,
    () => things(going('ring'), [go()]),
  ],
  [
    'a named action that is a function',
    'CHK003',
    /event go of thing\.here runs ring/,
    () =>
      things(going('ring').provide({ actions: { ring: () => undefined } as never }) as never, [
        go(),
      ]),
  ],
  [
    'log',
    'CHK003',
    /event go of thing\.here runs xstate\.log.*ignores: \['log'\]/,
    () => things(going(log('x')), [go()]),
  ],
  [
    'raise with a delay',
    'CHK003',
    /event go of thing\.here raises an event with a delay/,
    () => things(going(raise({ type: 'go' }, { delay: 10 })), [go()]),
  ],
  [
    'emit',
    'CHK003',
    /event go of thing\.here runs xstate\.emit.*ignores: \['emit'\]/,
    () => things(going(emit({ type: 'go' })), [go()]),
  ],
  [
    'emit where log alone is ignored',
    'CHK003',
    /event go of thing\.here runs xstate\.emit/,
    () => kindOf({ machine: going(emit({ type: 'go' })), ignores: ['log'] }),
  ],
  [
    'a function that enqueueActions runs',
    'CHK003',
    /thing, event go in "here" runs ring/,
    () => enqueuing((enqueue) => enqueue(function ring() {})),
  ],
  [
    'an event that enqueueActions emits',
    'CHK003',
    /thing, event go in "here" runs xstate\.emit.*ignores/,
    () => enqueuing((enqueue) => enqueue.emit({ type: 'go' })),
  ],
  [
    'an event that enqueueActions raises later',
    'CHK003',
    /thing, event go in "here" raises an event with a delay/,
    () => enqueuing((enqueue) => enqueue.raise({ type: 'go' }, { delay: 1 })),
  ],
  [
    'an event that enqueueActions sends elsewhere',
    'CHK003',
    /thing, event go in "here" runs xstate\.sendTo/,
    () =>
      enqueuing((enqueue) => enqueue.sendTo((({ self }: never) => self) as never, { type: 'x' })),
  ],
  [
    'an actor that enqueueActions spawns',
    'CHK003',
    /thing, event go in "here" runs xstate\.spawnChild/,
    () => enqueuing((enqueue) => enqueue.spawnChild(createMachine({}) as never)),
  ],
  [
    'an action when a state starts within',
    'CHK003',
    /the start of thing\.a runs a function/,
    () =>
      things(
        machineOf({
          initial: 'a',
          states: {
            a: { initial: { target: 'x', actions: () => undefined }, states: { x: {} } },
          },
        }),
        [go()],
      ),
  ],
  [
    'a refusal of an event that the machine raises',
    'CHK004',
    /thing\.there\.stop\[0\] refuses what the machine has raised/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: {
            here: { on: { go: { target: 'there', actions: raise({ type: 'stop' }) } } },
            there: { on: { stop: refuse('EBUSY') } },
          },
        }),
        [go()],
      ),
  ],
  [
    'a cycle of always without a guard',
    'CHK022',
    /thing: always goes round without end \(a → b → a\)/,
    () =>
      things(
        machineOf({
          initial: 'rest',
          states: {
            rest: { on: { go: 'a' } },
            a: { always: 'b' },
            b: { always: [{ target: 'a' }, { target: 'rest' }] },
          },
        }),
        [go()],
      ),
  ],
  [
    'a cycle of always with a guard that always holds',
    'CHK022',
    /thing, event go in "rest": 10000 microsteps and no rest \(thing\.a\.always\[1\], thing\.b\.always\[0\]\)/,
    () =>
      things(
        machineOf({
          initial: 'rest',
          states: {
            rest: { on: { go: 'a' } },
            a: { always: [{ guard: () => false, target: 'rest' }, { target: 'b' }] },
            b: { always: { guard: () => true, target: 'a' } },
          },
        }),
        [go()],
      ),
  ],
  [
    'a state that counts for ever',
    'CHK022',
    /thing, at its start: 10000 microsteps/,
    () =>
      things(
        machineOf({
          context: { n: 0 },
          always: {
            actions: assign({ n: ({ context }: never) => (context as { n: number }).n + 1 }),
          },
        }),
        [go()],
      ),
  ],
  [
    'an event that is raised again and again',
    'CHK022',
    /thing, event go in "here": 10000 microsteps and no rest \(thing\.here\.go\[0\]\)/,
    () => things(going(raise({ type: 'go' })), [go()]),
  ],
  [
    "a cycle that XState's own bound ends",
    'CHK022',
    /thing, event go in "here": Infinite loop detected/,
    () => {
      const options = { maxIterations: 7 }
      const on = { go: { actions: raise({ type: 'go' }) } }
      return things(machineOf({ initial: 'here', states: { here: { on } }, options }), [go()])
    },
  ],
  [
    'a function on entry',
    'CHK003',
    /entry of thing\.a/,
    () => things(machineOf({ initial: 'a', states: { a: { entry: () => undefined } } }), [go()]),
  ],
  [
    'a function on exit',
    'CHK003',
    /exit of thing\.a/,
    () => things(machineOf({ initial: 'a', states: { a: { exit: () => undefined } } }), [go()]),
  ],
  [
    'a function as the second of two actions',
    'CHK003',
    /event go of thing\.here/,
    () => things(going([assign({}), () => undefined]), [go()]),
  ],
  [
    'a function in the transition of a machine without events',
    'CHK003',
    /thing\.a/,
    () =>
      things(
        machineOf({
          initial: 'a',
          states: { a: { always: { target: 'b', actions: () => undefined } }, b: {} },
        }),
        [go()],
      ),
  ],
  [
    'a function when a state is done',
    'CHK003',
    /thing\.a/,
    () =>
      things(
        machineOf({
          initial: 'a',
          states: {
            a: {
              initial: 'x',
              onDone: { target: 'b', actions: () => undefined },
              states: { x: { type: 'final' } },
            },
            b: {},
          },
        }),
        [go()],
      ),
  ],
  [
    'a refusal in one region, a transition in another',
    'CHK004',
    /thing, event go in .*thing\.p\.a\.go\[0\] and thing\.q\.b\.go\[0\]/,
    () =>
      things(
        machineOf({
          type: 'parallel',
          states: {
            p: { initial: 'a', states: { a: { on: { go: refuse('EBUSY') } } } },
            q: { initial: 'b', states: { b: { on: { go: { target: 'c' } } }, c: {} } },
          },
        }),
        [go()],
      ),
  ],
  [
    'two refusals at once',
    'CHK004',
    /thing, event go/,
    () =>
      things(
        machineOf({
          type: 'parallel',
          states: {
            p: { initial: 'a', states: { a: { on: { go: refuse('EBUSY') } } } },
            q: { initial: 'b', states: { b: { on: { go: blocks() } } } },
          },
        }),
        [go()],
      ),
  ],
  [
    'an assign that throws',
    'CHK008',
    /thing, event go in "here".*oops/,
    () => things(going(assign(() => thrown('oops'))), [go()]),
  ],
  [
    'a context that throws',
    'CHK008',
    /thing.*oops/,
    () => things(machineOf({ context: () => thrown('oops') }), [go()]),
  ],
  [
    'a guard that throws',
    'CHK014',
    /thing, event go in "here"[^]*oops/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: { here: { on: { go: { guard: () => thrown('oops') } } } },
        }),
        [go()],
      ),
  ],
  [
    'a counter without a bound',
    'CHK009',
    /thing has more than 50 local states; its field 'n' has taken 50 values/,
    () =>
      things(
        going(assign({ n: ({ context }) => (context as { n: number }).n + 1 }), { n: 0, still: 1 }),
        [go()],
        { maxLocalStates: 50 },
      ),
  ],
  [
    'a refusal with a target',
    'CHK018',
    /thing\.here, event go/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: { here: { on: { go: { ...refuse('EBUSY'), target: 'here' } } } },
        }),
        [go()],
      ),
  ],
  [
    'a refusal with an action',
    'CHK018',
    /thing\.here, event go/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: { here: { on: { go: { ...refuse('EBUSY'), actions: assign({}) } } } },
        }),
        [go()],
      ),
  ],
  [
    'a wait with a target',
    'CHK018',
    /thing\.here, event go/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: { here: { on: { go: { ...blocks(), target: 'here' } } } },
        }),
        [go()],
      ),
  ],
  [
    'an actor that is said to fail, which nobody hears',
    'CHK013',
    /thing\.here does not hear of error of the actor '0\.thing\.here'/,
    () => waiting({ done: [null], error: [null] }),
  ],
  [
    'an actor that never ends',
    'CHK013',
    /end, parameter result has no value/,
    () => waiting({ done: [], error: [] }),
  ],
  [
    'an actor whose snapshots are heard',
    'CHK002',
    /thing\.here hears snapshots of the actor/,
    () => waiting({ done: [null], error: [] }, 'here', { onSnapshot: 'there' }),
  ],
  [
    'an actor of another name',
    'CHK011',
    /thing\.here invokes no actor 'other'/,
    () => waiting({ id: 'other', done: [null], error: [] }),
  ],
  [
    'an actor of a state that has none',
    'CHK011',
    /thing\.there invokes no actor/,
    () => waiting({ done: [null], error: [] }, 'there'),
  ],
  [
    'one of two actors, not told which',
    'CHK013',
    /thing\.here invokes several actors; name one by its id \(a, b\)/,
    () => {
      const both = ['a', 'b'].map((id) => ({ id, src: createMachine({}), onDone: 'there' }))
      return things(machineOf({ initial: 'here', states: { here: { invoke: both }, there: {} } }), [
        loose.invoke('end', 'thing' as never, 'here' as never, { done: [1], error: [] }),
      ])
    },
  ],
  [
    'an actor that nothing stands for, beside a delay that something stands for',
    'CHK002',
    /thing\.here uses invoke; .*invoke\('…', 'thing', 'here'/,
    () => things(awaiting(), [loose.after('late', 'thing' as never, 'here' as never, 1000)]),
  ],
  [
    'a delay that nothing stands for',
    'CHK002',
    /thing\.here uses after 1000; .*after\('…', 'thing', 'here', 1000\)/,
    () =>
      things(awaiting(), [
        loose.invoke('end', 'thing' as never, 'here' as never, { done: [1], error: [] }),
      ]),
  ],
  [
    'another delay than there is',
    'CHK011',
    /thing\.here has no delayed transition after 10/,
    () => things(awaiting(), [loose.after('late', 'thing' as never, 'here' as never, 10)]),
  ],
  [
    'a delay of a state that is not there',
    'CHK011',
    /thing has no state 'nowhere'/,
    () => things(awaiting(), [loose.after('late', 'thing' as never, 'nowhere' as never, 10)]),
  ],
  [
    'a guard that tosses a coin',
    'CHK006',
    /thing, event go: the machine came to something else/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: {
            here: { on: { go: { guard: () => calls++ % 2 === 0, target: 'there' } } },
            there: {},
          },
        }),
        [go()],
      ),
  ],
  [
    'a guard of an event and a reference that tosses a coin',
    'CHK006',
    /thing, event go: the machine came to something else/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: {
            here: { on: { go: [{ guard: () => calls++ % 2 === 0, target: 'there' }, {}] } },
            there: {},
          },
        }),
        [act(({ thing }) => thing.send({ type: 'go', to: thing }))],
      ),
  ],
  [
    'an assign that tosses a coin',
    'CHK006',
    /thing, event go: the machine came to something else/,
    () => things(going(assign({ n: () => calls++ % 2 }), { n: 0 }), [go()]),
  ],
  [
    'a guard of always that throws',
    'CHK014',
    /thing, event go in "here": a guard threw: oops/,
    () =>
      things(
        machineOf({
          initial: 'here',
          states: {
            here: { on: { go: 'there' } },
            there: { always: { guard: () => thrown('oops'), target: 'here' } },
          },
        }),
        [go()],
      ),
  ],
  [
    'a function of enqueueActions that throws',
    'CHK008',
    /thing, event go in "here": oops/,
    () => enqueuing(() => thrown('oops')),
  ],
  [
    'an object that is no machine',
    'CHK013',
    /kind 'thing': machine is an object; use a machine of XState/,
    () => kindOf({ machine: {} }),
  ],
  [
    "a machine's config",
    'CHK013',
    /kind 'thing': machine is an object; use a machine of XState/,
    () => kindOf({ machine: { initial: 'here', states: { here: {} } } }),
  ],
  [
    'a kind without a machine',
    'CHK013',
    /kind 'thing' has neither a machine nor values/,
    () => kindOf({}),
  ],
  [
    'a kind with a machine and values',
    'CHK013',
    /kind 'thing' has a machine and values/,
    () => kindOf({ machine: plain(), values: 2 }),
  ],
  [
    'a kind that is nothing',
    'CHK013',
    /kind 'thing' is null/,
    () => system<never>({ kinds: { thing: null }, actions: [] } as never),
  ],
  [
    'no scope',
    'CHK013',
    /the scope is undefined; use an object with kinds/,
    () => system(undefined as never),
  ],
  [
    'a scope without kinds',
    'CHK013',
    /the scope: kinds is undefined/,
    () => system({ actions: [] } as never),
  ],
  [
    'kinds in a list',
    'CHK013',
    /the scope: kinds is an empty list/,
    () => system({ kinds: [], actions: [] } as never),
  ],
  [
    'a scope without actions',
    'CHK013',
    /the scope: actions is undefined/,
    () => system<never>({ kinds: { thing: { machine: plain(), count: 1 } } } as never),
  ],
  [
    'an action that is a function',
    'CHK013',
    /action 1 of the scope is a function; use what action\(\) or ioctl\(\) has made/,
    () => things(plain(), [(() => undefined) as never]),
  ],
  [
    'both input and inputs',
    'CHK013',
    /kind 'thing' has both input and inputs/,
    () => kindOf({ machine: plain(), input: () => ({}), inputs: () => [{}] }),
  ],
  [
    'no input at all',
    'CHK013',
    /kind 'thing' has inputs that give no list for thing\[0\]/,
    () => kindOf({ machine: plain(), inputs: () => [] }),
  ],
  [
    'one input where a list is due',
    'CHK013',
    /kind 'thing' has inputs that give no list for thing\[0\]/,
    () => kindOf({ machine: plain(), inputs: () => ({}) }),
  ],
  [
    'an input that throws',
    'CHK014',
    /input of thing\[0\]: oops/,
    () => kindOf({ machine: plain(), input: () => thrown('oops') }),
  ],
  [
    'more initial states than can be gone through',
    'CHK013',
    /the system has 1048576 initial states; at most 100000/,
    () =>
      kindOf({
        machine: machineOf({ context: ({ input }: never) => ({ n: input }) }),
        count: 20,
        inputs: () => [0, 1],
      }),
  ],
  [
    'a freed slot that keeps something',
    'CHK015',
    /thing is back in "none" with context \{"n":1\}/,
    () =>
      system<never>({
        kinds: {
          thing: {
            machine: machineOf({
              initial: 'none',
              context: { n: 0 },
              states: {
                none: { on: { make: { target: 'some', actions: assign({ n: 1 }) } } },
                some: { on: { go: { target: 'none' } } },
              },
            }),
            count: 2,
          },
        } as never,
        actions: [
          loose.action('make', { as: loose.free('thing' as never) }, (({ as }: never) =>
            (as as { send: Loose }).send({ type: 'make' })) as never),
          act(({ thing }) =>
            thing.in('some') ? void thing.send({ type: 'go' }) : loose.blocked(),
          ),
        ],
      }),
  ],
]

/** One kind of two things, said in full. */
const kindOf = (kind: object): System =>
  system<never>({ kinds: { thing: { count: 2, ...kind } } as never, actions: [go()] })

function thrown(text: string): never {
  throw new Error(text)
}

let calls = 0
const memo: unknown[] = []

const bodies: Fixture[] = [
  [
    'a refusal that is swallowed, and a send afterwards',
    'CHK005',
    /act caught the refusal 'EBUSY'/,
    () =>
      acting(({ thing }) => {
        try {
          thing.send({ type: 'stop' })
        } catch {
          thing.send({ type: 'go' })
        }
      }),
  ],
  [
    'a refusal that is swallowed at the end',
    'CHK005',
    /act caught the refusal 'EBUSY'/,
    () =>
      acting(({ thing }) => {
        try {
          thing.send({ type: 'stop' })
        } catch {
          return loose.ok()
        }
        return undefined
      }),
  ],
  [
    'an event that is not accepted, swallowed',
    'CHK005',
    /act caught/,
    () =>
      acting(({ thing }) => {
        try {
          thing.send({ type: 'never' })
        } catch {
          return loose.ok()
        }
        return undefined
      }),
  ],
  [
    // Tossed by hand: a fair coin may fall on one side as often as it is looked at.
    'a coin',
    'CHK006',
    /act/,
    () =>
      acting(({ thing }) =>
        calls++ % 2 === 0
          ? loose.errno('EA' as never)
          : (thing.in('here'), loose.errno('EB' as never)),
      ),
  ],
  ['a counter outside', 'CHK006', /act/, () => acting(() => loose.errno(`E${calls++}` as never))],
  [
    'something remembered of an earlier run',
    'CHK006',
    /act/,
    () =>
      acting(({ thing }) => {
        memo.push(1)
        return memo.length > 2
          ? loose.errno('EA' as never)
          : thing.in('here')
            ? undefined
            : undefined
      }),
  ],
  ['a property that alternates', 'CHK006', /the-property/, () => judging(() => calls++ % 2 === 0)],
  [
    'a property that looks elsewhere each time',
    'CHK006',
    /the-property/,
    () =>
      judging(({ thing }) =>
        thing.every((t: { in: Loose }) => t.in(calls++ % 4 < 2 ? 'here' : 'there') || true),
      ),
  ],
  ['an async body', 'CHK007', /act/, () => acting(async () => undefined)],
  ['a body that returns a promise', 'CHK007', /act/, () => acting(() => Promise.resolve())],
  ['an async property', 'CHK007', /the-property/, () => judging(async () => true)],
  ['a body that throws', 'CHK014', /act.*oops/, () => acting(() => thrown('oops'))],
  ['a property that throws', 'CHK014', /the-property.*oops/, () => judging(() => thrown('oops'))],
  ['a forEach whose order matters', 'CHK010', /forEach over thing/, () => acting(sendToFirst)],
  [
    'a state that is not there',
    'CHK011',
    /thing has no state 'nowhere'/,
    () => acting(({ thing }) => void thing.in('nowhere')),
  ],
  [
    'a field that is not there',
    'CHK011',
    /thing has no context field 'missing'/,
    () => acting(({ thing }) => void thing.context.missing),
  ],
  [
    'a kind that is not there',
    'CHK011',
    /act looks at kind 'other'/,
    () => acting((_, view) => void view.other),
  ],
  [
    'a step that is not there',
    'CHK011',
    /act goes to the step 'nowhere'/,
    () => things(plain(), [path(() => loose.goto('nowhere'))]),
  ],
  [
    'a parameter of a kind that is not there',
    'CHK011',
    /'other'/,
    () =>
      things(plain(), [loose.action('act', { x: loose.each('other' as never) }, () => undefined)]),
  ],
  [
    'an omission of an action that is not there',
    'CHK011',
    /'never'/,
    () => things(plain(), [go()], { omit: [{ action: 'never', kind: 'thing', event: 'go' }] }),
  ],
  [
    'an omission of a kind that is not there',
    'CHK011',
    /'never'/,
    () => things(plain(), [go()], { omit: [{ action: 'send-go', kind: 'never', event: 'go' }] }),
  ],
]

function path(run: Loose) {
  return loose.ioctl('act', {}, {
    steps: [loose.step('first', run as never), loose.step('second', () => undefined)],
  } as never)
}

/** Sends to an element only while all are here: the first one to be asked wins. */
function sendToFirst(_: unknown, view: { thing: { forEach: Loose; every: Loose } }) {
  view.thing.forEach((t: { in: Loose; send: Loose }) => {
    if (view.thing.every((other: { in: Loose }) => other.in('here'))) t.send({ type: 'go' })
  })
}

let kept: { in: Loose; context: { n: number }; send: Loose } | null = null
const keep = (use: (handle: NonNullable<typeof kept>) => unknown) => () => {
  kept = null
  return acting(({ thing }) => {
    if (kept === null) kept = thing
    else use(kept)
  })
}

const handles: Fixture[] = [
  [
    'a handle used after its call',
    'CHK012',
    /act uses a handle after the call/,
    keep((h) => h.in('here')),
  ],
  [
    'a context read after its call',
    'CHK012',
    /act uses a handle after the call/,
    keep((h) => h.context.n),
  ],
  [
    'a send after its call',
    'CHK012',
    /act uses a handle after the call/,
    keep((h) => h.send({ type: 'go' })),
  ],
  [
    'a handle of another call as a payload',
    'CHK012',
    /act hands over something that is no handle of this call/,
    () => {
      kept = null
      return acting(({ thing }) => {
        if (kept === null) kept = thing
        else thing.send({ type: 'go', to: kept })
      })
    },
  ],
  [
    'JSON.stringify of a handle',
    'CHK012',
    /act turns a handle into text/,
    () => acting(({ thing }) => void JSON.stringify(thing)),
  ],
  [
    'String of a handle',
    'CHK012',
    /act turns a handle into text/,
    () => acting(({ thing }) => void String(thing)),
  ],
  [
    'a template with a handle',
    'CHK012',
    /act turns a handle into text/,
    () => acting(({ thing }) => void `${thing}`),
  ],
  [
    'handles compared with <',
    'CHK012',
    /act turns a handle into text/,
    () => acting(({ thing }) => void (thing < thing)),
  ],
  [
    'a handle as a key',
    'CHK012',
    /act turns a handle into text/,
    () => acting(({ thing }) => void ({} as Record<string, unknown>)[thing]),
  ],
  [
    'Object.hasOwn of a context',
    'CHK012',
    /act tests for keys in a context of thing/,
    () => acting(({ thing }) => void Object.hasOwn(thing.context, 'n')),
  ],
  [
    'JSON.stringify of a context',
    'CHK011',
    /thing has no context field 'toJSON'/,
    () => acting(({ thing }) => void JSON.stringify(thing.context)),
  ],
  [
    'a context spread',
    'CHK012',
    /act lists the keys of a context of thing/,
    () => acting(({ thing }) => void { ...thing.context }),
  ],
  [
    'a test for a key in a context',
    'CHK012',
    /act tests for keys in a context of thing/,
    () => acting(({ thing }) => void ('n' in thing.context)),
  ],
  [
    'a write to a context',
    'CHK012',
    /act writes to a context of thing/,
    () => acting(({ thing }) => void (thing.context.n = 1)),
  ],
  [
    'a deletion from a context',
    'CHK012',
    /act writes to a context of thing/,
    () => acting(({ thing }) => void delete thing.context.n),
  ],
  [
    'a definition in a context',
    'CHK012',
    /act writes to a context of thing/,
    () => acting(({ thing }) => void Object.defineProperty(thing.context, 'n', { value: 1 })),
  ],
  [
    'a write to the view',
    'CHK012',
    /act writes to the view/,
    () => acting((_, view) => void (view.thing = 1)),
  ],
  [
    'a send from a property',
    'CHK012',
    /the-property sends an event/,
    () =>
      judging(({ thing }) =>
        thing.every((t: { send: Loose }) => t.send({ type: 'go' }) === undefined),
      ),
  ],
  [
    'a send from a quantifier',
    'CHK012',
    /act sends an event/,
    () => acting((_, { thing }) => void thing.some((t: { send: Loose }) => t.send({ type: 'go' }))),
  ],
  [
    'forEach in a property',
    'CHK012',
    /the-property uses forEach/,
    () => judging(({ thing }) => (thing.forEach(() => undefined), true)),
  ],
  [
    'a property that returns no boolean',
    'CHK012',
    /the-property returned number/,
    () => judging(() => 1),
  ],
  [
    'a predicate that returns no boolean',
    'CHK012',
    /act gives a quantifier a function that returns no boolean/,
    () => acting((_, { thing }) => void thing.some(() => 1)),
  ],
  [
    'the only one of two',
    'CHK012',
    /act asks for the only thing, of which there are 2/,
    () => acting((_, { thing }) => void thing.only),
  ],
  [
    'the one that belongs to another, of a kind that belongs to none',
    'CHK012',
    /act asks for the thing of 1 owners/,
    () => acting(({ thing }, view) => void view.thing.of(thing)),
  ],
  ['a result that is none', 'CHK012', /act returned "EINVAL"/, () => acting(() => 'EINVAL')],
  [
    'a wait inside forEach',
    'CHK012',
    /act waits inside forEach/,
    () =>
      things(machineOf({ on: { go: blocks() } }), [
        act((_, { thing }) => void thing.forEach((t: { send: Loose }) => t.send({ type: 'go' }))),
      ]),
  ],
  [
    'a refusal inside forEach',
    'CHK012',
    /act is refused \(EBUSY\) inside forEach/,
    () =>
      acting(
        (_, { thing }) =>
          void thing.forEach((t: { in: Loose; send: Loose }) => t.send({ type: 'stop' })),
      ),
  ],
  [
    'a send to the moment before',
    'CHK012',
    /sends an event/,
    () =>
      things(plain(), [go()], {}, [
        loose.stepProperty('the-property', {
          says: 'x',
          holds: (({ args }: { args: { thing: { send: Loose } } }) => (
            args.thing.send({ type: 'go' }),
            true
          )) as never,
        }),
      ]),
  ],
]

const named = (compares: (context: { to: string | null }) => boolean) =>
  things(
    machineOf({
      initial: 'here',
      context: { to: null },
      states: {
        here: {
          on: {
            hold: {
              actions: assign({
                to: (({ event }: { event: { to: string } }) => event.to) as never,
              }),
            },
            go: {
              guard: ({ context }: { context: { to: string | null } }) => compares(context),
              target: 'there',
            },
          },
        },
        there: {},
      },
    }),
    [
      loose.action(
        'hold',
        { x: loose.each('thing' as never), y: loose.each('thing' as never) },
        (({ x, y }: { x: { send: Loose }; y: object }) =>
          void x.send({ type: 'hold', to: y })) as never,
      ),
      act(
        ({ thing }) =>
          void (thing.in('here') && thing.context.to !== null && thing.send({ type: 'go' })),
      ),
    ],
  )

const rest: Fixture[] = [
  [
    'a machine that knows a reference by its text',
    'CHK010',
    /thing, event go/,
    () => named(({ to }) => to === 'thing[0]'),
  ],
  [
    'a machine that looks into the text of a reference',
    'CHK010',
    /thing, event go/,
    () => named(({ to }) => to !== null && to.endsWith('[1]')),
  ],
  [
    'a machine that orders references',
    'CHK010',
    /thing, event go/,
    () => named(({ to }) => to !== null && to < 'thing[1]'),
  ],
  [
    'two properties of one name',
    'CHK013',
    /'the-property'/,
    () => things(plain(), [go()], {}, [property(), property()]),
  ],
  [
    'two actions of one name',
    'CHK013',
    /two actions are called 'send-go'/,
    () => things(plain(), [go(), go()]),
  ],
  [
    'two steps of one name',
    'CHK013',
    /two steps of act are called 'a'/,
    () => {
      const a = loose.step('a', () => undefined)
      return things(plain(), [loose.ioctl('act', {}, { steps: [a, a] })])
    },
  ],
  [
    'a parameter without a value',
    'CHK013',
    /act, parameter x/,
    () => things(plain(), [loose.action('act', { x: loose.oneOf() }, () => undefined)]),
  ],
  [
    'a kind per one that comes later',
    'CHK013',
    /kind 'a' is per 'b'/,
    () =>
      system<never>({
        kinds: { a: { machine: plain(), per: 'b' }, b: { machine: plain(), count: 1 } } as never,
        actions: [],
      }),
  ],
  [
    'a count that is none',
    'CHK013',
    /kind 'thing': count is -1; use a whole number/,
    () =>
      system<never>({ kinds: { thing: { machine: plain(), count: -1 } } as never, actions: [] }),
  ],
  [
    'an initial state that is ruled out',
    'CHK013',
    /'never'/,
    () => things(plain(), [go()], {}, [loose.assume('never', { says: 'x', holds: () => false })]),
  ],
]

function property() {
  return loose.always('the-property', { says: 'x', holds: () => true })
}

describe.each([
  ['contexts', contexts],
  ['machines', machines],
  ['bodies', bodies],
  ['handles', handles],
  ['systems', rest],
] as const)('what cannot be checked exactly is refused: %s', (_, fixtures) => {
  it.each(fixtures)('%s: %s', async (_what, code, names, make) => {
    calls = 0
    memo.length = 0
    const refused = await refusal(make)
    expect(refused.code, refused.message).toBe(code)
    expect(refused.message).toMatch(names)
  })
})

it('a limit on depth is for breadth-first order', async () => {
  await expect(
    check(things(plain(), [go()]), { order: 'depth', maxDepth: 3 }),
  ).rejects.toMatchObject({ code: 'CHK013' })
})
