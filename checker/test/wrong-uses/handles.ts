import { acting, judging, words, type Loose, type WrongUse } from './fixtures.ts'

/** An object that holds itself. */
const ring: { self?: unknown } = {}
ring.self = ring

const over = (use: Loose) => acting((_: unknown, { lamp }: { lamp: object }) => void use(lamp))
const one = (use: Loose) => acting(({ lamp }: { lamp: object }) => void use(lamp))

/** What bodies and properties do with views, handles, quantifiers and events. */
export const handles: readonly WrongUse[] = [
  [
    'a member that is not there',
    'CHK012',
    /act asks a handle of lamp for 'n'.*context\.n/,
    () => one((l) => l.n),
  ],
  [
    'a state asked as a member',
    'CHK012',
    /act asks a handle of lamp for 'on'; ask|ask in\('on'\)/,
    () => one((l) => l.on),
  ],
  [
    'matches, as of XState',
    'CHK012',
    /asks a handle of lamp for 'matches'/,
    () => one((l) => l.matches('on')),
  ],
  ['value, as of XState', 'CHK012', /asks a handle of lamp for 'value'/, () => one((l) => l.value)],
  ['a state that is not there', 'CHK011', /lamp has no state 'onn'/, () => one((l) => l.in('onn'))],
  [
    'a state that every object has',
    'CHK011',
    /lamp has no state 'toString'/,
    () => one((l) => l.in('toString')),
  ],
  [
    'a state that every object has, further in',
    'CHK011',
    /lamp has no state 'on.constructor'/,
    () => one((l) => l.in('on.constructor')),
  ],
  [
    'a state as an object',
    'CHK012',
    /act gives in\(\) of lamp an object; use a dotted path/,
    () => one((l) => l.in({ r: 'b' })),
  ],
  ['no state', 'CHK012', /act gives in\(\) of lamp undefined/, () => one((l) => l.in())],
  ['an empty state', 'CHK011', /lamp has no state ''/, () => one((l) => l.in(''))],
  [
    'a field that is not there',
    'CHK011',
    /lamp has no context field 'm'/,
    () => one((l) => l.context.m),
  ],
  [
    'a field that every object has',
    'CHK011',
    /lamp has no context field 'toString'/,
    () => one((l) => l.context.toString()),
  ],
  ['a handle as text', 'CHK012', /turns a handle into text/, () => one((l) => `${l}`)],
  ['a handle as a number', 'CHK012', /turns a handle into text or a number/, () => one((l) => +l)],
  ['a handle as JSON', 'CHK012', /turns a handle into text/, () => one((l) => JSON.stringify(l))],
  [
    'a write to a handle',
    'CHK012',
    /act writes to a handle of lamp; send an event/,
    () => one((l) => void (l.busy = true)),
  ],
  [
    'a write to a context',
    'CHK012',
    /writes to a context of lamp; send an event/,
    () => one((l) => void (l.context.n = 1)),
  ],
  ['no event', 'CHK012', /sends lamp something that is no event/, () => one((l) => l.send())],
  [
    'an event that is a text',
    'CHK012',
    /sends lamp something that is no event/,
    () => one((l) => l.send('press')),
  ],
  [
    'an event without a type',
    'CHK012',
    /something that is no event/,
    () => one((l) => l.send({ kind: 'press' })),
  ],
  [
    'an event with a number for a type',
    'CHK012',
    /something that is no event/,
    () => one((l) => l.try({ type: 1 })),
  ],
  ['an event null', 'CHK012', /something that is no event/, () => one((l) => l.send(null))],
  [
    'an event with a Map',
    'CHK001',
    /at holds Map/,
    () => one((l) => l.send({ type: 'press', at: new Map() })),
  ],
  [
    'an event with a function',
    'CHK001',
    /f holds function/,
    () => one((l) => l.send({ type: 'press', f: () => 1 })),
  ],
  [
    'an event with NaN',
    'CHK001',
    /n holds number NaN/,
    () => one((l) => l.send({ type: 'press', n: NaN })),
  ],
  [
    'an event that holds itself',
    'CHK001',
    /sends lamp an event that holds itself/,
    () => one((l) => l.send({ type: 'press', ring })),
  ],
  [
    'an event with a context',
    'CHK012',
    /context of lamp/,
    () => one((l) => l.send({ type: 'aim', to: l.context })),
  ],
  [
    'an event with a reference made up',
    'CHK020',
    /the text "lamp\[0\]"/,
    () => one((l) => l.send({ type: 'aim', to: 'lamp[0]' })),
  ],
  [
    'an event with a collection',
    'CHK012',
    /sends lamp an event with a collection/,
    () => acting(({ lamp }, view) => void lamp.send({ type: 'aim', to: view.lamp })),
  ],
  [
    'a kind that is not there',
    'CHK011',
    /act looks at kind 'door', which this scope does not have/,
    () => acting((_, view) => void view.door),
  ],
  [
    'a member of a collection that is not there',
    'CHK012',
    /asks the collection of lamp for 'map'; it has every, some/,
    () => over((c) => c.map(() => 1)),
  ],
  [
    'the length of a collection',
    'CHK012',
    /asks the collection of lamp for 'length'/,
    () => over((c) => c.length),
  ],
  [
    'the first of a collection',
    'CHK012',
    /asks the collection of lamp for '0'/,
    () => over((c) => c[0]),
  ],
  [
    'a loop over a collection',
    'CHK012',
    /loops over the collection of lamp; it has no order/,
    () =>
      over((c) => {
        for (const _ of c) return
      }),
  ],
  ['a collection spread', 'CHK012', /loops over the collection of lamp/, () => over((c) => [...c])],
  [
    'a filter spread',
    'CHK012',
    /loops over the collection of lamp/,
    () => over((c) => [...c.filter(() => true)]),
  ],
  [
    'only, of two',
    'CHK012',
    /asks for the only lamp, of which there are 2/,
    () => over((c) => c.only),
  ],
  [
    'of, of what is per nothing',
    'CHK012',
    /declared per nothing/,
    () => acting(({ lamp }, view) => void view.lamp.of(lamp)),
  ],
  [
    'every without a function',
    'CHK012',
    /calls every\(\) of lamp without a function/,
    () => over((c) => c.every()),
  ],
  [
    'some with a state',
    'CHK012',
    /calls some\(\) of lamp without a function/,
    () => over((c) => c.some('on')),
  ],
  [
    'count with a state',
    'CHK012',
    /calls count\(\) of lamp without a function/,
    () => over((c) => c.count('on')),
  ],
  [
    'every with what is no answer',
    'CHK012',
    /returns no boolean: every\(\) of lamp/,
    () => over((c) => c.every(() => 1)),
  ],
  [
    'some with what returns nothing',
    'CHK012',
    /returns no boolean: some\(\) of lamp/,
    () => over((c) => c.some(() => undefined)),
  ],
  [
    'count with an async function',
    'CHK012',
    /returns no boolean: count\(\) of lamp/,
    () => over((c) => c.count(async () => true)),
  ],
  [
    'a sum of texts',
    'CHK012',
    /sum\(\) of lamp a function that returns no whole number/,
    () => over((c) => c.sum(() => '1')),
  ],
  ['a sum of halves', 'CHK012', /returns no whole number/, () => over((c) => c.sum(() => 0.5))],
  [
    'a sum of nothing',
    'CHK012',
    /calls sum\(\) of lamp without a function/,
    () => over((c) => c.sum()),
  ],
  [
    'a maximum of NaN',
    'CHK012',
    /max\(\) of lamp a function that returns no finite number/,
    () => over((c) => c.max(() => NaN)),
  ],
  [
    'a minimum of truth values',
    'CHK012',
    /min\(\) of lamp a function that returns no finite number/,
    () => over((c) => c.min(() => true)),
  ],
  [
    'distinct of objects',
    'CHK012',
    /distinct\(\) of lamp a function that returns neither/,
    () => over((c) => c.distinct(() => ({}))),
  ],
  [
    'distinct without a function',
    'CHK012',
    /calls distinct\(\) of lamp without a function/,
    () => over((c) => c.distinct('n')),
  ],
  [
    'find of several',
    'CHK012',
    /finds several lamp, and none of them is the first/,
    () => over((c) => c.find(() => true)),
  ],
  [
    'find with a state',
    'CHK012',
    /calls find\(\) of lamp without a function/,
    () => over((c) => c.find('on')),
  ],
  [
    'filter without a function',
    'CHK012',
    /calls filter\(\) of lamp without a function/,
    () => over((c) => c.filter()),
  ],
  [
    'filter with what is no answer',
    'CHK012',
    /returns no boolean: filter\(\) of lamp/,
    () => over((c) => c.filter(() => 1).count()),
  ],
  [
    'a member of a filter that is not there',
    'CHK012',
    /asks the collection of lamp for 'only'|for 'map'/,
    () => over((c) => c.filter(() => true).map(() => 1)),
  ],
  [
    'forEach that returns',
    'CHK012',
    /forEach\(\) of lamp a function that returns something/,
    () => over((c) => c.forEach(() => 1)),
  ],
  [
    'forEach without a function',
    'CHK012',
    /calls forEach\(\) of lamp without a function/,
    () => over((c) => c.forEach()),
  ],
  [
    'forEach in a property',
    'CHK012',
    /uses forEach in a property/,
    () => judging(({ lamp }) => (lamp.forEach(() => undefined), true)),
  ],
  [
    'a send in a quantifier',
    'CHK012',
    /sends an event from a property or a quantifier/,
    () => over((c) => c.every((l: { send: Loose }) => (l.send({ type: 'press' }), true))),
  ],
  [
    'ids of a text',
    'CHK012',
    /hands over something that is no handle/,
    () => acting((_, _view, { ids }) => ids.take('lamp[0]')),
  ],
  [
    'ids of nothing',
    'CHK012',
    /hands over something that is no handle/,
    () => acting((_, _view, { ids }) => ids.give()),
  ],
  [
    'a weak reference to a text',
    'CHK012',
    /hands over something that is no handle/,
    () => acting(({ lamp }) => lamp.send({ type: 'aim', to: words.weakRef('lamp[0]') })),
  ],
  [
    'a point of failure where none is declared',
    'CHK011',
    /asks for the point of failure 'power', which it does not declare/,
    () => acting((_, _view, call) => void call.fails('power')),
  ],
]
