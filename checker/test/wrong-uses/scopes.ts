import { js, lamp, lamps, press, words, type WrongUse } from './fixtures.ts'

const { action, each, free, ioctl } = words
const kinds = { lamp: { machine: lamp, count: 2 } }
const path = (options?: object) => ioctl('p', { lamp: each('lamp') }, () => undefined, options)

/** Scopes that make no system. */
export const scopes: readonly WrongUse[] = [
  [
    'no scope',
    'CHK013',
    /the scope is undefined; use an object with kinds, actions/,
    () => js.system(),
  ],
  ['null for a scope', 'CHK013', /the scope is null/, () => js.system(null)],
  ['a list for a scope', 'CHK013', /the scope is an empty list/, () => js.system([])],
  ['a text for a scope', 'CHK013', /the scope is "lamps"/, () => js.system('lamps')],
  [
    'missing kinds',
    'CHK013',
    /kinds is undefined; use a plain object/,
    () => js.system({ actions: [] }),
  ],
  ['missing actions', 'CHK013', /actions is undefined; use a list/, () => js.system({ kinds })],
  [
    'kinds in a list',
    'CHK013',
    /kinds is a list/,
    () => js.system({ kinds: [kinds], actions: [] }),
  ],
  [
    'kinds in a Map',
    'CHK013',
    /kinds is an object/,
    () => js.system({ kinds: new Map(), actions: [] }),
  ],
  [
    'actions by name',
    'CHK013',
    /actions is an object; use a list/,
    () => js.system({ kinds, actions: { press } }),
  ],
  ['an unknown key', 'CHK013', /'action'; it takes kinds, actions,/, () => lamps({ action: [] })],
  ['a key of check', 'CHK013', /'maxStates'/, () => lamps({ maxStates: 3 })],
  [
    'one property, not in a list',
    'CHK013',
    /properties is an object; use a list/,
    () => lamps({ properties: {} }),
  ],
  ['callers NaN', 'CHK013', /callers is NaN; use a whole number/, () => lamps({ callers: NaN })],
  ['callers negative', 'CHK013', /callers is -1/, () => lamps({ callers: -1 })],
  ['callers fractional', 'CHK013', /callers is 1.5/, () => lamps({ callers: 1.5 })],
  ['callers without end', 'CHK013', /callers is Infinity/, () => lamps({ callers: Infinity })],
  ['callers as text', 'CHK013', /callers is "2"/, () => lamps({ callers: '2' })],
  ['callers true', 'CHK013', /callers is true/, () => lamps({ callers: true })],
  ['callers in a list', 'CHK013', /callers is a list/, () => lamps({ callers: [2] })],
  ['a role with a text', 'CHK013', /one for each role/, () => lamps({ callers: { user: 'two' } })],
  [
    'a role with less than none',
    'CHK013',
    /one for each role/,
    () => lamps({ callers: { user: -1 } }),
  ],
  [
    'a role that is a kind',
    'CHK023',
    /a role of callers is called 'lamp', which is a kind/,
    () => lamps({ callers: { lamp: 1 } }),
  ],
  ['a role of no name', 'CHK013', /a kind is called ""/, () => lamps({ callers: { '': 1 } })],
  [
    'a role that nobody plays',
    'CHK011',
    /role 'irq'; the scope has user/,
    () => lamps({ callers: { user: 1 }, actions: [path({ role: 'irq' })] }),
  ],
  [
    'a role where callers have none',
    'CHK011',
    /role 'irq'; the scope has caller/,
    () => lamps({ callers: 1, actions: [path({ role: 'irq' })] }),
  ],
  [
    'failures in words',
    'CHK013',
    /failures is "all"; use 'one', 'any'/,
    () => lamps({ failures: 'all' }),
  ],
  ['failures as a number', 'CHK013', /failures is 1/, () => lamps({ failures: 1 })],
  [
    'too many points to fail together',
    'CHK013',
    /11 points of failure; at most 10/,
    () =>
      lamps({
        failures: 'any',
        actions: [
          action(
            'a',
            {},
            { fails: Array.from({ length: 11 }, (_, i) => `f${i}`), run: () => undefined },
          ),
        ],
      }),
  ],
  [
    'deadlock true',
    'CHK013',
    /deadlock is true; use an object with terminal/,
    () => lamps({ deadlock: true }),
  ],
  [
    'deadlock without terminal',
    'CHK013',
    /deadlock.terminal is undefined; use a function/,
    () => lamps({ deadlock: {} }),
  ],
  [
    'deadlock with more',
    'CHK013',
    /deadlock does not take 'final'/,
    () => lamps({ deadlock: { terminal: () => true, final: [] } }),
  ],
  [
    'terminal that returns nothing',
    'CHK012',
    /terminal returned undefined/,
    () => js.check(lamps({ deadlock: { terminal: () => undefined }, actions: [] })),
  ],
  [
    'terminal that throws',
    'CHK014',
    /terminal: oops/,
    () =>
      js.check(
        lamps({
          actions: [],
          deadlock: {
            terminal: () => {
              throw new Error('oops')
            },
          },
        }),
      ),
  ],
  [
    'one omission, not in a list',
    'CHK013',
    /omit is an object; use a list/,
    () => lamps({ omit: { action: 'press', kind: 'lamp', event: 'press' } }),
  ],
  [
    'an omission without an event',
    'CHK013',
    /omit\[0\]\.event is undefined/,
    () => lamps({ omit: [{ action: 'press', kind: 'lamp' }] }),
  ],
  [
    'an omission with more',
    'CHK013',
    /omit\[0\] does not take 'step'/,
    () => lamps({ omit: [{ action: 'press', kind: 'lamp', event: 'press', step: 's' }] }),
  ],
  [
    'an omission of no action',
    'CHK011',
    /no action 'push'/,
    () => lamps({ omit: [{ action: 'push', kind: 'lamp', event: 'press' }] }),
  ],
  [
    'an omission of no kind',
    'CHK011',
    /no kind 'lampe'/,
    () => lamps({ omit: [{ action: 'press', kind: 'lampe', event: 'press' }] }),
  ],
  ['an omission that is null', 'CHK013', /omit\[0\] is null/, () => lamps({ omit: [null] })],
  [
    'maxLocalStates NaN',
    'CHK013',
    /maxLocalStates is NaN; use a whole number, 1 or more/,
    () => lamps({ maxLocalStates: NaN }),
  ],
  ['maxLocalStates none', 'CHK013', /maxLocalStates is 0/, () => lamps({ maxLocalStates: 0 })],
  [
    'maxLocalStates negative',
    'CHK013',
    /maxLocalStates is -5/,
    () => lamps({ maxLocalStates: -5 }),
  ],
  [
    'maxLocalStates fractional',
    'CHK013',
    /maxLocalStates is 2.5/,
    () => lamps({ maxLocalStates: 2.5 }),
  ],
  [
    'maxLocalStates as text',
    'CHK013',
    /maxLocalStates is "many"/,
    () => lamps({ maxLocalStates: 'many' }),
  ],
  [
    'a bound of local states that is too low',
    'CHK009',
    /lamp has more than 1 local states/,
    () => js.check(lamps({ maxLocalStates: 1 })),
  ],
  [
    'two actions of one name',
    'CHK013',
    /two actions are called 'press'/,
    () => lamps({ actions: [press, press] }),
  ],
  [
    'an action undefined',
    'CHK013',
    /action 2 of the scope is undefined; use what action\(\) or ioctl\(\)/,
    () => lamps({ actions: [press, undefined] }),
  ],
  [
    'a function for an action',
    'CHK013',
    /action 1 of the scope is a function/,
    () => lamps({ actions: [() => undefined] }),
  ],
  [
    'an action of another making',
    'CHK013',
    /action 'mine' is an object; use what/,
    () => lamps({ actions: [{ name: 'mine', run: () => undefined }] }),
  ],
  [
    'an action that was changed',
    'CHK013',
    /action 'press' does not take 'guard'/,
    () => lamps({ actions: [{ ...press, guard: () => true }] }),
  ],
  [
    'a parameter of a kind that is not there',
    'CHK011',
    /no kind 'lampe' in this scope/,
    () => lamps({ actions: [action('a', { x: each('lampe') }, () => undefined)] }),
  ],
  [
    'a free slot of values',
    'CHK013',
    /free slot of 'v', which is a set of values/,
    () =>
      js.system({
        kinds: { v: { values: 2 } },
        actions: [action('a', { v: free('v') }, () => undefined)],
      }),
  ],
]
