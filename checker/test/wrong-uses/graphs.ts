import { js, lamps, type WrongUse } from './fixtures.ts'

const lamp = { kind: 'lamp', instance: null, field: null }
const by = (...aspects: unknown[]) => js.quotient(lamps(), aspects)
const graph = () => new js.StateGraph(lamps())
const ids = () => new js.ObjectIds()

/** State graphs, quotients, aspects and object ids. */
export const graphs: readonly WrongUse[] = [
  [
    'no aspects',
    'CHK021',
    /the aspects of quotient is undefined; use a list/,
    () => js.quotient(lamps()),
  ],
  [
    'one aspect, not in a list',
    'CHK021',
    /the aspects of quotient is an object/,
    () => js.quotient(lamps(), lamp),
  ],
  [
    'an aspect in words',
    'CHK021',
    /aspect 1 of quotient is "lamp"; use an object with kind/,
    () => by('lamp'),
  ],
  [
    'an aspect without a field',
    'CHK021',
    /aspect 1 of quotient: field is undefined/,
    () => by({ kind: 'lamp', instance: null }),
  ],
  [
    'an aspect with more',
    'CHK021',
    /aspect 2 of quotient does not take 'state'/,
    () => by(lamp, { ...lamp, state: 'on' }),
  ],
  [
    'an aspect of no kind',
    'CHK011',
    /there is no component 'door' here; there are lamp/,
    () => by({ ...lamp, kind: 'door' }),
  ],
  [
    'an aspect of an instance too many',
    'CHK011',
    /there is no lamp\[2\]; there are 2/,
    () => by({ ...lamp, instance: 2 }),
  ],
  [
    'an aspect of a half',
    'CHK021',
    /instance is 0.5; use a number, or null/,
    () => by({ ...lamp, instance: 0.5 }),
  ],
  [
    'an aspect of an instance in words',
    'CHK021',
    /instance is "0"/,
    () => by({ ...lamp, instance: '0' }),
  ],
  [
    'an aspect of no field',
    'CHK011',
    /lamp has no field 'm'; it has/,
    () => by({ ...lamp, field: 'm' }),
  ],
  [
    'an aspect of what every object has',
    'CHK011',
    /lamp has no field 'toString'/,
    () => by({ ...lamp, field: 'toString' }),
  ],
  ['the text of no aspect', 'CHK021', /the aspect is undefined/, () => js.aspectText()],
  [
    'the text of half an aspect',
    'CHK021',
    /the aspect: instance is undefined/,
    () => js.aspectText({ kind: 'lamp' }),
  ],
  [
    'everything of nothing',
    'CHK021',
    /the system of everything is undefined/,
    () => js.everything(),
  ],
  [
    'a graph of nothing',
    'CHK021',
    /the system of StateGraph is undefined/,
    () => new js.StateGraph(),
  ],
  [
    'a graph of a scope',
    'CHK021',
    /the system of StateGraph is an object/,
    () => new js.StateGraph({ kinds: {}, actions: [] }),
  ],
  [
    'a state that was not found',
    'CHK021',
    /the state is 7; use the number of a state, 0 to 0/,
    () => graph().successors(7),
  ],
  ['a state below the first', 'CHK021', /the state is -1/, () => graph().configuration(-1)],
  ['a state in words', 'CHK021', /the state is "0"/, () => graph().configuration('0')],
  ['no state', 'CHK021', /the state is undefined/, () => graph().successors()],
  ['an id of nothing', 'CHK021', /the object of take is undefined/, () => ids().take()],
  ['an id of a number', 'CHK021', /the object of take is 3; use a text/, () => ids().take(3)],
  ['an id given back by nobody', 'CHK021', /the object of give is null/, () => ids().give(null)],
  [
    'a tombstone of an object',
    'CHK021',
    /the object of tombstone is an object/,
    () => ids().tombstone({}),
  ],
  ['an id of nobody', 'CHK021', /the object of of is undefined/, () => ids().of()],
  [
    'an id below the first',
    'CHK021',
    /the id is 0; use a whole number, 1 or more/,
    () => ids().reserve(0),
  ],
  ['half an id', 'CHK021', /the id is 1.5/, () => ids().reserve(1.5)],
  ['an id in words', 'CHK021', /the id is "1"/, () => ids().release('1')],
]
