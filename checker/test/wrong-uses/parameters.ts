import { lamp, lamps, words, type WrongUse } from './fixtures.ts'

const { action, each, free, oneOf } = words
const of = (params: unknown) => lamps({ actions: [action('a', params, () => undefined)] })
const chosen = (...values: unknown[]) => of({ x: oneOf(...values) })

/** Parameters that are none, and names that are reserved. */
export const parameters: readonly WrongUse[] = [
  [
    'no parameters',
    'CHK013',
    /action 'a': params is undefined; use a plain object/,
    () => of(undefined),
  ],
  ['parameters in a list', 'CHK013', /params is a list/, () => of([each('lamp')])],
  [
    'a parameter that is a name',
    'CHK013',
    /a, parameter x is "lamp"; use each\(…\), free\(…\) or oneOf/,
    () => of({ x: 'lamp' }),
  ],
  [
    'a parameter of two sorts',
    'CHK013',
    /a, parameter x is an object; use each/,
    () => of({ x: { each: ['lamp'], free: 'lamp' } }),
  ],
  [
    'an unknown key of a parameter',
    'CHK013',
    /a, parameter x is an object; use each/,
    () => of({ x: { each: ['lamp'], live: true } }),
  ],
  ['each of nothing', 'CHK013', /a, parameter x ranges over no kind/, () => of({ x: each() })],
  [
    'each of a list',
    'CHK013',
    /a, parameter x is a list; use a list of texts/,
    () => of({ x: each(['lamp']) }),
  ],
  ['each of a machine', 'CHK013', /a list of texts/, () => of({ x: each(lamp) })],
  [
    'each of one kind twice',
    'CHK013',
    /a, parameter x has "lamp" twice/,
    () => of({ x: each('lamp', 'lamp') }),
  ],
  ['free of nothing', 'CHK013', /a, parameter x is undefined; use a text/, () => of({ x: free() })],
  [
    'free of a list',
    'CHK013',
    /a, parameter x is a list; use a text/,
    () => of({ x: free(['lamp']) }),
  ],
  ['a choice of nothing', 'CHK013', /a, parameter x has no value to choose from/, () => chosen()],
  ['a choice of one twice', 'CHK013', /a, parameter x has 1 twice/, () => chosen(1, 1)],
  ['a choice of both zeros', 'CHK013', /a, parameter x has 0 twice/, () => chosen(0, -0)],
  [
    'a choice of an object',
    'CHK013',
    /a, parameter x is an object; choose among texts/,
    () => chosen({}),
  ],
  [
    'a choice of a list',
    'CHK013',
    /a, parameter x is a list; choose among/,
    () => chosen(['a', 'b']),
  ],
  ['a choice of NaN', 'CHK013', /a, parameter x is NaN/, () => chosen(NaN)],
  ['a choice of undefined', 'CHK013', /a, parameter x is undefined/, () => chosen(undefined)],
  ['a choice of a symbol', 'CHK013', /a, parameter x is Symbol\(s\)/, () => chosen(Symbol('s'))],
  ['a choice of a bigint', 'CHK013', /a, parameter x is 1/, () => chosen(1n)],
  [
    'a choice of a reference made up',
    'CHK020',
    /"lamp\[0\]", which reads like a reference/,
    () => chosen('lamp[0]'),
  ],
  [
    'a parameter called fails',
    'CHK023',
    /a parameter of a is called 'fails', which is the point of failure/,
    () => of({ fails: oneOf(1) }),
  ],
  [
    'a parameter called caller',
    'CHK023',
    /a parameter of a is called 'caller', which is the thread/,
    () => of({ caller: each('lamp') }),
  ],
  [
    'a parameter called as the prototype',
    'CHK023',
    /called '__proto__'/,
    () => of({ ['__proto__']: oneOf(1) }),
  ],
]
