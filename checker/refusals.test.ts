import { assign, createMachine, emit, enqueueActions, log, raise } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { errorCodes } from './errors.ts'
import { blocks, refuse } from './lifecycle.ts'
import {
  act,
  acting,
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
    /event go of thing\.here runs xstate\.log/,
    () => things(going(log('x')), [go()]),
  ],
  [
    'raise',
    'CHK003',
    /event go of thing\.here runs xstate\.raise/,
    () => things(going(raise({ type: 'go' })), [go()]),
  ],
  [
    'emit',
    'CHK003',
    /event go of thing\.here runs xstate\.emit/,
    () => things(going(emit({ type: 'go' })), [go()]),
  ],
  [
    'enqueueActions',
    'CHK003',
    /event go of thing\.here runs xstate\.enqueueActions/,
    () => things(going(enqueueActions(() => undefined)), [go()]),
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
