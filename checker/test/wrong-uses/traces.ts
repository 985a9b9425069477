import { js, lamps, words, type WrongUse } from './fixtures.ts'

const { action, always, each } = words
const good = { action: 'press', args: { lamp: 'lamp[0]' }, outcome: 'ok' }
const retrace = (...trace: unknown[]) => js.retrace(lamps(), trace)
const args = (given: unknown) => retrace({ ...good, args: given })
const played = (name: unknown, given: unknown, moment: unknown = js.start(lamps())) =>
  js.play(lamps(), moment, name, given)
const performed = () => js.retrace(lamps(), [good])
const itf = (change: (itf: { states: Record<string, unknown>[] }) => void) => {
  const written = JSON.parse(JSON.stringify(js.toItf(performed())))
  change(written)
  return js.fromItf(JSON.stringify(written))
}
const value = (one: unknown) => itf(({ states }) => void (states[1]['outcome'] = one))

/** Traces, replays and files of traces that are none. */
export const traces: readonly WrongUse[] = [
  ['retrace of no system', 'CHK021', /the system of retrace is undefined/, () => js.retrace()],
  [
    'retrace of no trace',
    'CHK016',
    /the trace is undefined; use a list/,
    () => js.retrace(lamps()),
  ],
  [
    'retrace of one step',
    'CHK016',
    /the trace is an object; use a list/,
    () => js.retrace(lamps(), good),
  ],
  ['a step null', 'CHK016', /step 1 of the trace is null/, () => retrace(null)],
  ['a step in words', 'CHK016', /step 2 of the trace is "press"/, () => retrace(good, 'press')],
  [
    'a step without an action',
    'CHK016',
    /step 1 of the trace: action is undefined/,
    () => retrace({ args: {}, outcome: 'ok' }),
  ],
  [
    'a step without arguments',
    'CHK016',
    /step 1 of the trace: args is undefined/,
    () => retrace({ action: 'press', outcome: 'ok' }),
  ],
  [
    'a step without an outcome',
    'CHK016',
    /outcome is undefined/,
    () => retrace({ action: 'press', args: {} }),
  ],
  [
    'a step with more',
    'CHK016',
    /step 1 of the trace does not take 'then'/,
    () => retrace({ ...good, then: 1 }),
  ],
  ['arguments in a list', 'CHK016', /args is a list/, () => args(['lamp[0]'])],
  [
    'an argument that is an object',
    'CHK016',
    /args is an object; use arguments by name/,
    () => args({ lamp: {} }),
  ],
  [
    'an action that is not there',
    'CHK016',
    /step 1, push, is no action of this system/,
    () => retrace({ ...good, action: 'push' }),
  ],
  ['an argument missing', 'CHK016', /lacks the argument 'lamp'/, () => args({})],
  [
    'an argument too many',
    'CHK016',
    /takes no argument 'how'/,
    () => args({ lamp: 'lamp[0]', how: 1 }),
  ],
  [
    'a component that is not there',
    'CHK016',
    /has "lamp\[2\]" for 'lamp', which cannot be/,
    () => args({ lamp: 'lamp[2]' }),
  ],
  [
    'a component of another writing',
    'CHK016',
    /has "lamp\[01\]" for 'lamp'/,
    () => args({ lamp: 'lamp[01]' }),
  ],
  ['a number for a component', 'CHK016', /has 0 for 'lamp'/, () => args({ lamp: 0 })],
  [
    'an outcome that does not come',
    'CHK017',
    /ends with ok; the trace says EPERM/,
    () => retrace({ ...good, outcome: 'EPERM' }),
  ],
  [
    'a property that is not there',
    'CHK011',
    /no property 'dark' in this system; there are accepted/,
    () => js.retrace(lamps(), [good], 'dark'),
  ],
  ['a property that is no name', 'CHK011', /no property '3'/, () => js.retrace(lamps(), [good], 3)],
  [
    'a property that does not show',
    'CHK017',
    /does not show 'deadlock'|does not show 'accepted'/,
    () => js.retrace(lamps(), [good], 'accepted'),
  ],
  [
    'a body that throws, replayed',
    'CHK014',
    /a: oops/,
    () =>
      js.retrace(
        lamps({
          actions: [
            action('a', {}, () => {
              throw new Error('oops')
            }),
          ],
        }),
        [{ action: 'a', args: {}, outcome: 'ok' }],
      ),
  ],
  [
    'a body that looks elsewhere, replayed',
    'CHK014',
    /a: /,
    () =>
      js.retrace(
        lamps({
          actions: [
            action(
              'a',
              { lamp: each('lamp') },
              (_: unknown, view: { door: { only: object } }) => void view.door.only,
            ),
          ],
        }),
        [{ action: 'a', args: { lamp: 'lamp[0]' }, outcome: 'ok' }],
      ),
  ],
  [
    'a property that throws, replayed',
    'CHK014',
    /p: oops/,
    () =>
      js.retrace(
        lamps({
          properties: [
            always('p', {
              says: 'x',
              holds: () => {
                throw new Error('oops')
              },
            }),
          ],
        }),
        [good],
        'p',
      ),
  ],
  ['start of no system', 'CHK021', /the system of start is undefined/, () => js.start()],
  ['play of no system', 'CHK021', /the system of play is undefined/, () => js.play()],
  [
    'play from no moment',
    'CHK021',
    /the moment of play is null; use what start/,
    () => played('press', {}, null),
  ],
  [
    'play from a state',
    'CHK021',
    /the moment of play is an object/,
    () => played('press', {}, js.start(lamps()).state),
  ],
  ['play of no action', 'CHK016', /the call: action is undefined/, () => played(undefined, {})],
  [
    'play of an action that is not there',
    'CHK016',
    /push is no action of this system/,
    () => played('push', {}),
  ],
  [
    'play without arguments',
    'CHK016',
    /the call: args is undefined/,
    () => played('press', undefined),
  ],
  [
    'play with an argument missing',
    'CHK016',
    /press lacks the argument 'lamp'/,
    () => played('press', {}),
  ],
  [
    'play with a component that is not there',
    'CHK016',
    /press has "lamp\[9\]"/,
    () => played('press', { lamp: 'lamp[9]' }),
  ],
  ['the text of no trace', 'CHK021', /the trace of traceText is undefined/, () => js.traceText()],
  [
    'the text of a trace not performed',
    'CHK021',
    /the trace of traceText is a list/,
    () => js.traceText([good]),
  ],
  [
    'the text of steps made up',
    'CHK021',
    /the trace of traceText: steps is a list; use what retrace/,
    () => js.traceText({ ...performed(), steps: [good] }),
  ],
  [
    'the text of no step',
    'CHK021',
    /the step of stepText is a list/,
    () => js.stepText(good, 1, new Map()),
  ],
  [
    'the text of a step without a number',
    'CHK021',
    /the number of stepText is undefined/,
    () => js.stepText(performed().steps[0]),
  ],
  [
    'the text of a step without ids',
    'CHK021',
    /what stepText knows is undefined; use a Map/,
    () => js.stepText(performed().steps[0], 1),
  ],
  ['a file of no trace', 'CHK021', /the trace of toItf is undefined/, () => js.toItf()],
  [
    'a file with numbers in its words',
    'CHK021',
    /the words of toItf is an object; use texts/,
    () => js.toItf(performed(), { scope: 3 }),
  ],
  ['reading of nothing', 'CHK021', /the text of fromItf is undefined/, () => js.fromItf()],
  [
    'reading of an object',
    'CHK021',
    /the text of fromItf is an object/,
    () => js.fromItf({ states: [] }),
  ],
  ['a file that is no JSON', 'CHK016', /this is not JSON/, () => js.fromItf('{')],
  ['a file that is empty', 'CHK016', /this is not JSON/, () => js.fromItf('')],
  ['a file that is a list', 'CHK016', /the file is no object/, () => js.fromItf('[]')],
  ['a file without states', 'CHK016', /'states' is no list of states/, () => js.fromItf('{}')],
  [
    'a file without any state',
    'CHK016',
    /'states' is no list of states/,
    () => js.fromItf('{"states":[]}'),
  ],
  ['a state that is null', 'CHK016', /state 0 is no object/, () => js.fromItf('{"states":[null]}')],
  [
    'words that are numbers',
    'CHK016',
    /'scope' in '#meta' is no text/,
    () => js.fromItf('{"#meta":{"scope":1},"states":[{}]}'),
  ],
  [
    'a step without an action in a file',
    'CHK016',
    /state 1 lacks 'action' or 'outcome'/,
    () => itf(({ states }) => void delete states[1]['action']),
  ],
  [
    'arguments that are a text',
    'CHK016',
    /'args' of state 1 is no object/,
    () => itf(({ states }) => void (states[1]['args'] = 'x')),
  ],
  [
    'a component without a state',
    'CHK016',
    /lamp\[0\] in state 0 is no local state|is no object/,
    () => itf(({ states }) => void (states[0]['lamp[0]'] = {})),
  ],
  [
    'a number that is none',
    'CHK016',
    /is no number that can be used/,
    () => value({ '#bigint': 'x' }),
  ],
  [
    'a number of no digits',
    'CHK016',
    /is no number that can be used/,
    () => value({ '#bigint': '' }),
  ],
  [
    'a number too large',
    'CHK016',
    /is no number that can be used/,
    () => value({ '#bigint': '9007199254740993' }),
  ],
  ['a null', 'CHK016', /null is no value of the trace format/, () => value(null)],
  [
    'a file nested too deeply',
    'CHK016',
    /is nested too deeply/,
    () => js.fromItf(`{"states":[{"x":${'['.repeat(60_000)}${']'.repeat(60_000)}}]}`),
  ],
  [
    'states held against no trace',
    'CHK021',
    /the trace of assertSameStates is undefined/,
    () => js.assertSameStates(),
  ],
  [
    'no states',
    'CHK021',
    /the states is undefined; use a list/,
    () => js.assertSameStates(performed()),
  ],
  [
    'states that are objects',
    'CHK021',
    /state 0 of the states is an object/,
    () => js.assertSameStates(performed(), [{}, {}]),
  ],
  [
    'a state too few',
    'CHK017',
    /there are 1 states for 1 steps/,
    () => js.assertSameStates(performed(), [performed().initial]),
  ],
  [
    'other states',
    'CHK017',
    /in the state after step 1, lamp\[0\] is/,
    () => js.assertSameStates(performed(), [performed().initial, performed().initial]),
  ],
  [
    'a report that is none',
    'CHK021',
    /the report of asExpected is undefined; use what check/,
    () => js.asExpected(),
  ],
  [
    'a report that was not awaited',
    'CHK021',
    /the report of asExpected is an object/,
    () => js.asExpected(js.check(lamps())),
  ],
]
