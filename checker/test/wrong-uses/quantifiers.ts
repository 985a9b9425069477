import { acting, judging, type Loose, type WrongUse } from './fixtures.ts'

const over = (use: Loose) => acting((_: unknown, { lamp }: { lamp: object }) => void use(lamp))

/** What bodies and properties ask of collections. */
export const quantifiers: readonly WrongUse[] = [
  [
    'an event with a collection',
    'CHK012',
    /sends lamp an event with a collection/,
    () => acting(({ lamp }, view) => void lamp.send({ type: 'aim', to: view.lamp })),
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
    'a send to the first that is asked',
    'CHK010',
    /forEach over lamp/,
    () =>
      over((c) =>
        c.forEach((l: { try: Loose }) => {
          if (c.every((other: { in: Loose }) => other.in('off'))) l.try({ type: 'press' })
        }),
      ),
  ],
]
