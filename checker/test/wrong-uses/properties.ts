import {
  acting,
  awaiting,
  having,
  hearing,
  js,
  judging,
  lamp,
  lamps,
  press,
  words,
  type Loose,
  type WrongUse,
} from './fixtures.ts'

const { action, always, assume, cover, each, stepProperty } = words
const yes = () => true
const other = action('press', { lamp: each('lamp') }, () => undefined)
const elsewhere = action('elsewhere', {}, () => undefined)

/** Properties that are none, that speak of nothing, or whose functions go wrong. */
export const properties: readonly WrongUse[] = [
  [
    'always without holds',
    'CHK013',
    /property 'p': holds is undefined; use a function/,
    () => having(always('p', { says: 'x' })),
  ],
  [
    'always without anything',
    'CHK013',
    /property 'p': says is undefined/,
    () => having(always('p')),
  ],
  [
    'assume without holds',
    'CHK013',
    /property 'p': holds is undefined/,
    () => having(assume('p', { says: 'x' })),
  ],
  [
    'a property of calls without holds',
    'CHK013',
    /holds is undefined/,
    () => having(stepProperty('p', { says: 'x' })),
  ],
  [
    'a property of calls that happens',
    'CHK013',
    /property 'p' does not take 'happens'/,
    () => having(stepProperty('p', { says: 'x', holds: yes, happens: yes })),
  ],
  [
    'a property of states on an action',
    'CHK013',
    /property 'p' does not take 'on'/,
    () => having(always('p', { says: 'x', holds: yes, on: [press] })),
  ],
  [
    'an unknown key',
    'CHK013',
    /property 'p' does not take 'when'; it takes kind, id, says/,
    () => having(always('p', { says: 'x', holds: yes, when: yes })),
  ],
  [
    'holds that is no function',
    'CHK013',
    /holds is true; use a function/,
    () => having(always('p', { says: 'x', holds: true })),
  ],
  [
    'says that is no text',
    'CHK013',
    /says is 3/,
    () => having(always('p', { says: 3, holds: yes })),
  ],
  [
    'a source that is no list',
    'CHK013',
    /source is "man"; use a list of texts/,
    () => having(always('p', { says: 'x', source: 'man', holds: yes })),
  ],
  [
    'a property without a name',
    'CHK013',
    /property 1 of the scope: id is undefined/,
    () => having(always(undefined, { says: 'x', holds: yes })),
  ],
  ['an empty name', 'CHK013', /id is ""/, () => having(always('', { says: 'x', holds: yes }))],
  [
    'a property undefined',
    'CHK013',
    /property 1 of the scope is undefined; use what always/,
    () => having(undefined),
  ],
  [
    'a function for a property',
    'CHK013',
    /property 1 of the scope is a function/,
    () => having(yes),
  ],
  [
    'a property of another making',
    'CHK013',
    /property 'p' is an object; use what always/,
    () => having({ id: 'p', holds: yes }),
  ],
  [
    'a kind of property that is none',
    'CHK013',
    /property 'p' is an object/,
    () => having({ kind: 'never', id: 'p', says: 'x', holds: yes }),
  ],
  [
    'two properties of one name',
    'CHK013',
    /two properties are called 'p'/,
    () => having(always('p', { says: 'x', holds: yes }), always('p', { says: 'x', holds: yes })),
  ],
  [
    'a property called accepted',
    'CHK023',
    /a property is called 'accepted', which is a property of every system/,
    () => having(always('accepted', { says: 'x', holds: yes })),
  ],
  [
    'a property called dangling',
    'CHK023',
    /'dangling'/,
    () => having(cover('dangling', { says: 'x', holds: yes })),
  ],
  [
    'a property called deadlock',
    'CHK023',
    /'deadlock'/,
    () => having(always('deadlock', { says: 'x', holds: yes })),
  ],
  [
    'a property called omitted',
    'CHK023',
    /'omitted'/,
    () => having(stepProperty('omitted', { says: 'x', holds: yes })),
  ],
  [
    'a cover with both forms',
    'CHK013',
    /property 'p' has holds and happens; give holds for a state/,
    () => having(cover('p', { says: 'x', holds: yes, happens: yes })),
  ],
  [
    'a cover with neither form',
    'CHK013',
    /property 'p' has neither holds nor happens/,
    () => having(cover('p', { says: 'x' })),
  ],
  [
    'a cover of a state on an action',
    'CHK013',
    /property 'p' does not take 'on'/,
    () => having(cover('p', { says: 'x', holds: yes, on: [press] })),
  ],
  [
    'a cover of a state with an outcome',
    'CHK013',
    /property 'p' does not take 'outcome'/,
    () => having(cover('p', { says: 'x', holds: yes, outcome: 'ok' })),
  ],
  [
    'on no action',
    'CHK024',
    /property 'p' is on no action; name the actions/,
    () => having(stepProperty('p', { says: 'x', on: [], holds: yes })),
  ],
  [
    'a cover on no action',
    'CHK024',
    /property 'p' is on no action/,
    () => having(cover('p', { says: 'x', on: [], happens: yes })),
  ],
  [
    'on another object of that name',
    'CHK024',
    /is on another action 'press' than the scope's; make it once/,
    () => having(stepProperty('p', { says: 'x', on: [other], holds: yes })),
  ],
  [
    'on the action and another of that name',
    'CHK024',
    /is on another action 'press'/,
    () => having(stepProperty('p', { says: 'x', on: [press, other], holds: yes })),
  ],
  [
    'on an action that is not there',
    'CHK024',
    /is on 'elsewhere', which the scope does not have/,
    () => having(stepProperty('p', { says: 'x', on: [elsewhere], holds: yes })),
  ],
  [
    'on the name of an action',
    'CHK013',
    /property 'p': on\[0\] is no action/,
    () => having(stepProperty('p', { says: 'x', on: ['press'], holds: yes })),
  ],
  [
    'on an action, not in a list',
    'CHK013',
    /on is an object; use a list/,
    () => having(stepProperty('p', { says: 'x', on: press, holds: yes })),
  ],
  [
    'on undefined in a list',
    'CHK013',
    /on\[0\] is no action/,
    () => having(stepProperty('p', { says: 'x', on: [undefined], holds: yes })),
  ],
  [
    'whole in words',
    'CHK013',
    /whole is "yes"; use true or false/,
    () => having(stepProperty('p', { says: 'x', whole: 'yes', holds: yes })),
  ],
  [
    'an outcome that is a list',
    'CHK013',
    /outcome is a list; use a text/,
    () => having(stepProperty('p', { says: 'x', outcome: ['ok'], holds: yes })),
  ],
  [
    'a property that returns nothing',
    'CHK012',
    /p returned undefined; a property returns a boolean/,
    () => judging(() => undefined),
  ],
  ['a property that returns a number', 'CHK012', /p returned number/, () => judging(() => 1)],
  [
    'a property that returns a handle',
    'CHK012',
    /p returned object/,
    () =>
      js.check(
        having(
          always('p', {
            says: 'x',
            holds: ({ lamp }: { lamp: { find: Loose } }) => lamp.find(() => false),
          }),
        ),
      ),
  ],
  ['an async property', 'CHK007', /p; properties are synchronous/, () => judging(async () => true)],
  [
    'a property that throws',
    'CHK014',
    /p: oops/,
    () =>
      judging(() => {
        throw new Error('oops')
      }),
  ],
  [
    'a property of a kind that is not there',
    'CHK011',
    /p looks at kind 'lampe'/,
    () => judging((view) => view.lampe.every(yes)),
  ],
  [
    'a property of calls that returns nothing',
    'CHK012',
    /p returned undefined/,
    () => hearing(() => undefined),
  ],
  [
    'a property of calls that throws',
    'CHK014',
    /p: /,
    () => hearing(({ args }) => args.lampe.in('on')),
  ],
  [
    'a call that must happen, returning nothing',
    'CHK012',
    /p returned undefined/,
    () => awaiting(() => undefined),
  ],
  [
    'a property that sends',
    'CHK012',
    /p sends an event from a property/,
    () => hearing(({ args }) => args.lamp.send({ type: 'press' })),
  ],
  [
    'at without a handle',
    'CHK012',
    /p hands over something that is no handle/,
    () => hearing(({ after }) => after.at('lamp[0]').in('on')),
  ],
  [
    'at in a body',
    'CHK011',
    /act looks at kind 'at'/,
    () => acting(({ lamp }, view) => void view.at(lamp)),
  ],
  [
    'an assumption that rules out the beginning',
    'CHK013',
    /ruled out by 'p'/,
    () => js.check(having(assume('p', { says: 'x', holds: () => false }))),
  ],
  [
    'an assumption that returns nothing',
    'CHK012',
    /p returned undefined/,
    () => js.check(having(assume('p', { says: 'x', holds: () => undefined }))),
  ],
  [
    "properties of a machine that is not the scope's",
    'CHK011',
    /p looks at kind 'door'/,
    () =>
      js.check(
        lamps({
          kinds: { lamp: { machine: lamp, count: 1 } },
          properties: [
            cover('p', {
              says: 'x',
              holds: (view: { door: { exists: boolean } }) => view.door.exists,
            }),
          ],
        }),
      ),
  ],
]
