import { js, lamps, words, type WrongUse } from './fixtures.ts'

const { action, errno, goto, ioctl, step } = words
const nothing = () => undefined
const made = (...actions: unknown[]) => lamps({ actions })

/** Actions, paths and names that are refused. */
export const actions: readonly WrongUse[] = [
  [
    'no body',
    'CHK013',
    /action "a", body is undefined; use a function, or run/,
    () => action('a', {}),
  ],
  ['a body of null', 'CHK013', /action "a", body is null/, () => action('a', {}, null)],
  ['a body in words', 'CHK013', /action "a", body is "go"/, () => ioctl('a', {}, 'go')],
  [
    'a path of nothing',
    'CHK013',
    /action "a" does nothing; give it run, or steps/,
    () => ioctl('a', {}, {}),
  ],
  [
    'a path without steps',
    'CHK013',
    /action "a" does nothing/,
    () => ioctl('a', {}, { steps: [] }),
  ],
  [
    'steps beside run',
    'CHK013',
    /action "a" has run and steps; give one of them/,
    () => ioctl('a', {}, { run: nothing, steps: [step('s', nothing)] }),
  ],
  [
    'steps of an action that has none',
    'CHK013',
    /action "a" does not take 'steps'; it takes/,
    () => action('a', {}, { steps: [step('s', nothing)] }),
  ],
  [
    'locals of an action',
    'CHK013',
    /does not take 'locals'/,
    () => action('a', {}, { run: nothing, locals: {} }),
  ],
  [
    'an unknown key of a path',
    'CHK013',
    /does not take 'fail'; it takes run, steps, fails, locals/,
    () => ioctl('a', {}, { run: nothing, fail: ['x'] }),
  ],
  [
    'run that is no function',
    'CHK013',
    /action "a": run is true; use a function/,
    () => ioctl('a', {}, { run: true }),
  ],
  [
    'steps that are no list',
    'CHK013',
    /action "a": steps is an object/,
    () => ioctl('a', {}, { steps: {} }),
  ],
  [
    'unknown words',
    'CHK013',
    /words does not take 'doc'; it takes kernel, says, role/,
    () => ioctl('a', {}, nothing, { doc: 'x' }),
  ],
  [
    'a role that is no text',
    'CHK013',
    /role is 3; use a text/,
    () => ioctl('a', {}, nothing, { role: 3 }),
  ],
  [
    'a step without a function',
    'CHK013',
    /action 'a': steps\[0\]\.run is undefined/,
    () => made(ioctl('a', {}, { steps: [step('s')] })),
  ],
  [
    'a step without a name',
    'CHK013',
    /steps\[0\]\.name is undefined/,
    () => made(ioctl('a', {}, { steps: [{ run: nothing }] })),
  ],
  [
    'a function for a step',
    'CHK013',
    /steps\[0\] is a function; use an object with name, run/,
    () => made(ioctl('a', {}, { steps: [nothing] })),
  ],
  [
    'an unknown key of a step',
    'CHK013',
    /steps\[0\] does not take 'says'/,
    () => made(ioctl('a', {}, { steps: [{ name: 's', run: nothing, says: 'x' }] })),
  ],
  [
    'two steps of one name',
    'CHK013',
    /two steps of a are called 's'/,
    () => made(ioctl('a', {}, { steps: [step('s', nothing), step('s', nothing)] })),
  ],
  [
    'no name',
    'CHK013',
    /name is undefined; use a text/,
    () => made(action(undefined, {}, nothing)),
  ],
  [
    'an empty name',
    'CHK013',
    /action 1 of the scope: name is ""/,
    () => made(action('', {}, nothing)),
  ],
  ['a number for a name', 'CHK013', /name is 7/, () => made(action(7, {}, nothing))],
  [
    'an action called as a step',
    'CHK023',
    /an action is called 'a:b', which is the step 'b' of the action 'a'/,
    () => made(ioctl('a', {}, { steps: [step('b', nothing)] }), action('a:b', {}, nothing)),
  ],
  [
    'points of failure in words',
    'CHK013',
    /fails is "power"; use a list/,
    () => ioctl('a', {}, { run: nothing, fails: 'power' }),
  ],
  [
    'a point of failure that is a number',
    'CHK013',
    /fails is a list; use a list of texts/,
    () => made(ioctl('a', {}, { run: nothing, fails: [1] })),
  ],
  [
    'a point of failure twice',
    'CHK013',
    /a, points of failure has "p" twice/,
    () => made(ioctl('a', {}, { run: nothing, fails: ['p', 'p'] })),
  ],
  [
    'a point of failure of two',
    'CHK013',
    /point of failure "p\+q"; \+ stands between/,
    () => made(ioctl('a', {}, { run: nothing, fails: ['p+q'] })),
  ],
  [
    'a point of failure of no name',
    'CHK013',
    /point of failure ""/,
    () => made(ioctl('a', {}, { run: nothing, fails: [''] })),
  ],
  [
    'a point that is not declared',
    'CHK011',
    /point of failure 'q', which it does not declare/,
    () =>
      js.check(
        lamps({
          failures: true,
          actions: [
            ioctl(
              'a',
              {},
              {
                fails: ['p'],
                run: (_: unknown, _view: unknown, call: { fails: (p: string) => boolean }) =>
                  void call.fails('q'),
              },
            ),
          ],
        }),
      ),
  ],
  [
    'locals that are no object',
    'CHK013',
    /locals is 3; use a plain object/,
    () => ioctl('a', {}, { run: nothing, locals: 3 }),
  ],
  [
    'locals with a Set',
    'CHK001',
    /a: locals\.seen holds Set/,
    () => made(ioctl('a', {}, { run: nothing, locals: { seen: new Set() } })),
  ],
  [
    'locals with a function',
    'CHK001',
    /a: locals\.f holds function/,
    () => made(ioctl('a', {}, { run: nothing, locals: { f: nothing } })),
  ],
  ['an error without a code', 'CHK021', /errno ends with undefined; use a text/, () => errno()],
  ['an error of a number', 'CHK021', /errno ends with 22/, () => errno(22)],
  ['an error called step', 'CHK023', /an outcome of errno is called 'step'/, () => errno('step')],
  ['an error called unaccepted', 'CHK023', /is called 'unaccepted'/, () => errno('unaccepted')],
  [
    'a step that is not there',
    'CHK011',
    /a goes to the step 't', which it does not have/,
    () => js.check(made(ioctl('a', {}, { steps: [step('s', () => goto('t'))] }))),
  ],
  [
    'goto in one piece',
    'CHK011',
    /a goes to the step 's', but it is one piece/,
    () => js.check(made(action('a', {}, () => goto('s')))),
  ],
  [
    'goto nowhere',
    'CHK012',
    /goes to undefined; use the name of a step/,
    () => js.check(made(ioctl('a', {}, { steps: [step('s', () => goto())] }))),
  ],
  [
    'a path that goes round',
    'CHK013',
    /a goes round in circles by goto/,
    () => js.check(made(ioctl('a', {}, { steps: [step('s', () => goto('s'))] }))),
  ],
  [
    'an outcome made up',
    'CHK023',
    /an outcome of a:a is called 'step'/,
    () => js.check(made(action('a', {}, () => ({ done: 'step' })))),
  ],
  [
    'an outcome that is no text',
    'CHK021',
    /a:a ends with 3; use a text/,
    () => js.check(made(action('a', {}, () => ({ done: 3 })))),
  ],
  [
    'an async action',
    'CHK007',
    /a:a; actions are synchronous/,
    () => js.check(made(action('a', {}, async () => undefined))),
  ],
  [
    'an action that returns true',
    'CHK012',
    /a:a returned true; return nothing, errno/,
    () => js.check(made(action('a', {}, () => true))),
  ],
  [
    'an action that throws',
    'CHK014',
    /a: oops/,
    () =>
      js.check(
        made(
          action('a', {}, () => {
            throw new Error('oops')
          }),
        ),
      ),
  ],
  [
    'an action that throws a text',
    'CHK014',
    /a: oops/,
    () =>
      js.check(
        made(
          action('a', {}, () => {
            throw 'oops'
          }),
        ),
      ),
  ],
]
