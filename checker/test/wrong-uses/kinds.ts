import { beside, lamp, type WrongUse } from './fixtures.ts'

/** Kinds that are none. */
export const kinds: readonly WrongUse[] = [
  [
    'a kind that is null',
    'CHK013',
    /kind 'x' is null; use a plain object/,
    () => beside({ x: null }),
  ],
  [
    'a machine for a kind',
    'CHK013',
    /kind 'x' is an object; use a plain object/,
    () => beside({ x: lamp }),
  ],
  ['a number for a kind', 'CHK013', /kind 'x' is 3/, () => beside({ x: 3 })],
  [
    'neither machine nor values',
    'CHK013',
    /kind 'x' has neither a machine nor values/,
    () => beside({ x: { count: 1 } }),
  ],
  [
    'machine and values',
    'CHK013',
    /kind 'x' has a machine and values/,
    () => beside({ x: { machine: lamp, values: 2 } }),
  ],
  [
    'a machine undefined',
    'CHK013',
    /kind 'x': machine is undefined; use a machine of XState/,
    () => beside({ x: { machine: undefined, count: 1 } }),
  ],
  [
    'a machine in words',
    'CHK013',
    /kind 'x': machine is "lamp"/,
    () => beside({ x: { machine: 'lamp', count: 1 } }),
  ],
  [
    'a count missing',
    'CHK013',
    /kind 'x' has no count; say how many/,
    () => beside({ x: { machine: lamp } }),
  ],
  [
    'a count NaN',
    'CHK013',
    /kind 'x': count is NaN; use a whole number, 0 or more/,
    () => beside({ x: { machine: lamp, count: NaN } }),
  ],
  ['a count negative', 'CHK013', /count is -1/, () => beside({ x: { machine: lamp, count: -1 } })],
  [
    'a count fractional',
    'CHK013',
    /count is 0.5/,
    () => beside({ x: { machine: lamp, count: 0.5 } }),
  ],
  ['a count as text', 'CHK013', /count is "2"/, () => beside({ x: { machine: lamp, count: '2' } })],
  [
    'a count without end',
    'CHK013',
    /count is Infinity/,
    () => beside({ x: { machine: lamp, count: Infinity } }),
  ],
  [
    'a count beside per',
    'CHK013',
    /kind 'x' has a count and is per others/,
    () => beside({ x: { machine: lamp, count: 2, per: 'lamp' } }),
  ],
  [
    'per a kind that is not there',
    'CHK013',
    /kind 'x' is per 'y', which must be declared before/,
    () => beside({ x: { machine: lamp, per: 'y' } }),
  ],
  ['per itself', 'CHK013', /kind 'x' is per 'x'/, () => beside({ x: { machine: lamp, per: 'x' } })],
  [
    'per nothing',
    'CHK013',
    /per is an empty list/,
    () => beside({ x: { machine: lamp, per: [] } }),
  ],
  [
    'per a number',
    'CHK013',
    /per is 2; use the name of a kind/,
    () => beside({ x: { machine: lamp, per: 2 } }),
  ],
  [
    'per values',
    'CHK013',
    /kind 'x' is per 'v'/,
    () => beside({ v: { values: 2 }, x: { machine: lamp, per: 'v' } }),
  ],
  [
    'an unknown key of a kind',
    'CHK013',
    /kind 'x' does not take 'counts'; it takes machine, count/,
    () => beside({ x: { machine: lamp, count: 1, counts: 2 } }),
  ],
  [
    'a count of values',
    'CHK013',
    /kind 'v' does not take 'count'; it takes values, symmetric/,
    () => beside({ v: { values: 2, count: 2 } }),
  ],
  ['values fractional', 'CHK013', /kind 'v': values is 1.5/, () => beside({ v: { values: 1.5 } })],
  [
    'values in a list',
    'CHK013',
    /kind 'v': values is a list/,
    () => beside({ v: { values: ['a'] } }),
  ],
  [
    'symmetric in words',
    'CHK013',
    /symmetric is "yes"; use true or false/,
    () => beside({ x: { machine: lamp, count: 1, symmetric: 'yes' } }),
  ],
  [
    'input that is no function',
    'CHK013',
    /input is an object; use a function/,
    () => beside({ x: { machine: lamp, count: 1, input: { n: 1 } } }),
  ],
  [
    'input that throws',
    'CHK014',
    /input of x\[0\]: oops/,
    () =>
      beside({
        x: {
          machine: lamp,
          count: 1,
          input: () => {
            throw new Error('oops')
          },
        },
      }),
  ],
  [
    'a kind called caller',
    'CHK023',
    /a kind is called 'caller', which is the kind of the threads/,
    () => beside({ caller: { machine: lamp, count: 1 } }),
  ],
  [
    'a kind called at',
    'CHK023',
    /a kind is called 'at', which is how views find/,
    () => beside({ at: { machine: lamp, count: 1 } }),
  ],
  [
    'a kind called as the prototype',
    'CHK023',
    /called '__proto__'/,
    () => beside({ ['__proto__']: { machine: lamp, count: 1 } }),
  ],
  [
    'a kind with brackets',
    'CHK013',
    /a kind is called "x\[0\]"/,
    () => beside({ 'x[0]': { machine: lamp, count: 1 } }),
  ],
  [
    'a kind of no name',
    'CHK013',
    /a kind is called ""/,
    () => beside({ '': { machine: lamp, count: 1 } }),
  ],
  [
    'a kind with a tilde',
    'CHK013',
    /a kind is called "~x"/,
    () => beside({ '~x': { machine: lamp, count: 1 } }),
  ],
]
