import { js, lamps, type WrongUse } from './fixtures.ts'

const check = (options: unknown) => js.check(lamps(), options)
const quotient = (options: unknown) =>
  js.quotient(lamps(), [{ kind: 'lamp', instance: null, field: null }], options)

/** Systems and options of `check` and `quotient` that are none. */
export const options: readonly WrongUse[] = [
  [
    'no system',
    'CHK021',
    /the system of check is undefined; use what system\(\) has made/,
    () => js.check(),
  ],
  [
    'a scope for a system',
    'CHK021',
    /the system of check is an object/,
    () => js.check({ kinds: {}, actions: [] }),
  ],
  [
    'a promise of a system',
    'CHK021',
    /the system of check is an object/,
    () => js.check(Promise.resolve(lamps())),
  ],
  [
    'options null',
    'CHK021',
    /the options of check is null; use an object with order/,
    () => check(null),
  ],
  ['options in words', 'CHK021', /the options of check is "fast"/, () => check('fast')],
  ['options that are a number', 'CHK021', /the options of check is 100/, () => check(100)],
  [
    'an unknown option',
    'CHK021',
    /the options of check does not take 'maxstates'; it takes order, symmetry, maxStates/,
    () => check({ maxstates: 3 }),
  ],
  [
    'order bfs',
    'CHK021',
    /order is "bfs"; use 'breadth' or 'depth'/,
    () => check({ order: 'bfs' }),
  ],
  ['order true', 'CHK021', /order is true/, () => check({ order: true })],
  [
    'symmetry in words',
    'CHK021',
    /symmetry is "off"; use true or false/,
    () => check({ symmetry: 'off' }),
  ],
  ['symmetry as a number', 'CHK021', /symmetry is 0/, () => check({ symmetry: 0 })],
  [
    'maxStates NaN',
    'CHK021',
    /maxStates is NaN; use a whole number, 1 or more, or Infinity/,
    () => check({ maxStates: NaN }),
  ],
  ['maxStates negative', 'CHK021', /maxStates is -1/, () => check({ maxStates: -1 })],
  ['maxStates none', 'CHK021', /maxStates is 0/, () => check({ maxStates: 0 })],
  ['maxStates fractional', 'CHK021', /maxStates is 1.5/, () => check({ maxStates: 1.5 })],
  ['maxStates as text', 'CHK021', /maxStates is "1000"/, () => check({ maxStates: '1000' })],
  ['maxStates null', 'CHK021', /maxStates is null/, () => check({ maxStates: null })],
  [
    'maxDepth NaN',
    'CHK021',
    /maxDepth is NaN; use a whole number, 0 or more/,
    () => check({ maxDepth: NaN }),
  ],
  ['maxDepth negative', 'CHK021', /maxDepth is -2/, () => check({ maxDepth: -2 })],
  ['maxDepth fractional', 'CHK021', /maxDepth is 0.5/, () => check({ maxDepth: 0.5 })],
  ['maxDepth as text', 'CHK021', /maxDepth is "deep"/, () => check({ maxDepth: 'deep' })],
  [
    'maxDepth in depth-first order',
    'CHK013',
    /a limit on depth needs breadth-first order/,
    () => check({ order: 'depth', maxDepth: 3 }),
  ],
  [
    'maxMemory NaN',
    'CHK021',
    /maxMemory is NaN; use a whole number, 1 or more/,
    () => check({ maxMemory: NaN }),
  ],
  ['maxMemory negative', 'CHK021', /maxMemory is -1/, () => check({ maxMemory: -1 })],
  ['maxMemory fractional', 'CHK021', /maxMemory is 0.5/, () => check({ maxMemory: 0.5 })],
  ['maxMemory as text', 'CHK021', /maxMemory is "1G"/, () => check({ maxMemory: '1G' })],
  [
    'maxMemory in which nothing fits',
    'CHK019',
    /the limit is 1024 bytes/,
    () => check({ maxMemory: 1024 }),
  ],
  [
    'a signal that is a controller',
    'CHK021',
    /signal is an object; use the signal of an AbortController/,
    () => check({ signal: new AbortController() }),
  ],
  ['a signal true', 'CHK021', /signal is true/, () => check({ signal: true })],
  [
    'onProgress that is no function',
    'CHK021',
    /onProgress is "log"; use a function/,
    () => check({ onProgress: 'log' }),
  ],
  [
    'no system of a quotient',
    'CHK021',
    /the system of quotient is null/,
    () => js.quotient(null, []),
  ],
  [
    'an option of check',
    'CHK021',
    /the options of quotient does not take 'order'/,
    () => quotient({ order: 'depth' }),
  ],
  ['maxStates of a quotient', 'CHK021', /maxStates is -1/, () => quotient({ maxStates: -1 })],
  ['maxMemory of a quotient', 'CHK021', /maxMemory is "x"/, () => quotient({ maxMemory: 'x' })],
  ['options of a quotient null', 'CHK021', /the options of quotient is null/, () => quotient(null)],
]
