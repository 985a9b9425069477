import { js, lamps, type WrongUse } from './fixtures.ts'

const good = { action: 'press', args: { lamp: 'lamp[0]' }, outcome: 'ok' }
const performed = () => js.retrace(lamps(), [good])
const itf = (change: (itf: { states: Record<string, unknown>[] }) => void) => {
  const written = JSON.parse(JSON.stringify(js.toItf(performed())))
  change(written)
  return js.fromItf(JSON.stringify(written))
}
const value = (one: unknown) => itf(({ states }) => void (states[1]['outcome'] = one))

/** Files of traces that are none, and states that differ from them. */
export const files: readonly WrongUse[] = [
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
]
