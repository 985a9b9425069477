import { assign, createMachine, log } from 'xstate'
import { beside, js, lamps, words, type WrongUse } from './fixtures.ts'

const { action, each } = words
const machine = (config: object) =>
  js.system({
    kinds: { thing: { machine: createMachine({ id: 'thing', ...config } as never), count: 1 } },
    actions: [],
  })
/** A machine that refuses `go`. */
const refusing = (code: string) => machine({ on: { go: js.refuse(code) } })
/** Explores one machine that hears `go`. */
const going = (
  config: object,
  params: (thing: { each: unknown; free: unknown }) => object = ({ each: all }) => ({ thing: all }),
) =>
  js.check(
    js.system({
      kinds: { thing: { machine: createMachine({ id: 'thing', ...config } as never), count: 1 } },
      actions: [
        action('go', params({ each: each('thing'), free: words.free('thing') }), go),
        action('again', { thing: each('thing') }, go),
      ],
    }),
  )
const go = ({ thing }: { thing: { send: (event: object) => void } }) => thing.send({ type: 'go' })
const plain = { initial: 'a', states: { a: { on: { go: 'b' } }, b: {} } }
/** What machine files ask of the checker, and inputs of machines. */
export const machines: readonly WrongUse[] = [
  ['a refusal without a code', 'CHK021', /refuse takes an error code: a text/, () => js.refuse()],
  ['a refusal with a number', 'CHK021', /refuse takes an error code/, () => js.refuse(16)],
  ['a refusal with an empty code', 'CHK021', /refuse takes an error code/, () => js.refuse('')],
  [
    'a refusal called step',
    'CHK022',
    /an outcome of thing, event go, is called 'step'/,
    () => refusing('step'),
  ],
  ['a refusal called unaccepted', 'CHK022', /'unaccepted'/, () => refusing('unaccepted')],
  ['a refusal called ok', 'CHK022', /is called 'ok'/, () => refusing('ok')],
  ['words without a guard', 'CHK021', /says takes words and a guard/, () => js.says('it is')],
  ['a guard without words', 'CHK021', /says takes words and a guard/, () => js.says(() => true)],
  [
    'a refusal with a target',
    'CHK018',
    /a refusal has neither target nor actions/,
    () =>
      machine({
        initial: 'a',
        states: { a: { on: { go: { ...js.refuse('E'), target: 'b' } } }, b: {} },
      }),
  ],
  [
    'a context with a Date',
    'CHK001',
    /thing: context.at holds Date/,
    () => machine({ ...plain, context: { at: new Date(0) } }),
  ],
  [
    'a context with undefined',
    'CHK001',
    /context.at holds undefined/,
    () => machine({ ...plain, context: { at: undefined } }),
  ],
  [
    'a reference made up in a context',
    'CHK020',
    /thing starts with the text "thing\[0\]"/,
    () => machine({ ...plain, context: { at: 'thing[0]' } }),
  ],
  [
    'a reference to a kind that is not there',
    'CHK011',
    /a reference to door\[0\], which the scope does not have/,
    () =>
      beside({
        x: {
          machine: createMachine({ context: ({ input }) => ({ at: input }) as never }),
          count: 1,
          input: (_: number, ref: (k: string, i: number) => unknown) => ref('door', 0),
        },
      }),
  ],
  [
    'a reference to a slot that is not there',
    'CHK011',
    /a reference to lamp\[2\]/,
    () =>
      beside({
        x: {
          machine: createMachine({ context: ({ input }) => ({ at: input }) as never }),
          count: 1,
          input: (_: number, ref: (k: string, i: number) => unknown) => ref('lamp', 2),
        },
      }),
  ],
  [
    'history',
    'CHK002',
    /thing\.h uses history/,
    () => machine({ initial: 'a', states: { a: {}, h: { type: 'history' } } }),
  ],
  [
    'a refusal by hand that is no text',
    'CHK021',
    /thing\.a\.go ends with 7|ends with 7/,
    () =>
      js.check(
        js.system({
          kinds: {
            thing: {
              machine: createMachine({
                id: 'thing',
                initial: 'a',
                states: { a: { on: { go: { meta: { refuse: 7 } } } } },
              }),
              count: 1,
            },
          },
          actions: [
            action(
              'go',
              { thing: each('thing') },
              ({ thing }: { thing: { send: (e: object) => void } }) => thing.send({ type: 'go' }),
            ),
          ],
        }),
      ),
  ],

  [
    'a log',
    'CHK003',
    /event go of thing\.a runs xstate\.log/,
    () => machine({ initial: 'a', states: { a: { on: { go: { actions: log('x') } } } } }),
  ],
  [
    'a refusal beside a transition',
    'CHK004',
    /a refusal must be the only transition enabled/,
    () =>
      going({
        type: 'parallel',
        states: {
          p: { initial: 'a', states: { a: { on: { go: js.refuse('EBUSY') } } } },
          q: { initial: 'b', states: { b: { on: { go: 'c' } }, c: {} } },
        },
      }),
  ],
  [
    'an assign that throws',
    'CHK008',
    /thing, event go in "a".*oops/,
    () =>
      going({
        initial: 'a',
        context: { n: 0 },
        states: {
          a: {
            on: {
              go: {
                actions: assign({
                  n: () => {
                    throw new Error('oops')
                  },
                }),
              },
            },
          },
        },
      }),
  ],
  [
    'a freed slot that keeps something',
    'CHK015',
    /thing is back in "a"/,
    () =>
      going(
        {
          initial: 'a',
          context: { n: 0 },
          states: {
            a: { on: { go: { target: 'b', actions: assign({ n: 1 }) } } },
            b: { on: { go: 'a' } },
          },
        },
        (thing) => ({ thing: thing.free }),
      ),
  ],

  [
    'always round and round',
    'CHK024',
    /thing.*always/,
    () => machine({ initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } }),
  ],
  ['after of no kind', 'CHK013', /action "tick", kind is undefined/, () => words.after('tick')],
  [
    'after of a number for a state',
    'CHK013',
    /action "tick", state is 3; use the dotted path/,
    () => words.after('tick', 'lamp', 3, 10),
  ],
  [
    'after no time',
    'CHK013',
    /action "tick", delay is undefined; use milliseconds/,
    () => words.after('tick', 'lamp', 'on'),
  ],
  ['after less than no time', 'CHK013', /delay is -1/, () => words.after('tick', 'lamp', 'on', -1)],
  [
    'after a delay that is not there',
    'CHK011',
    /no delayed transition after 10/,
    () => lamps({ actions: [words.after('tick', 'lamp', 'on', 10)] }),
  ],
  [
    'after in a state that is not there',
    'CHK011',
    /'dim'/,
    () => lamps({ actions: [words.after('tick', 'lamp', 'dim', 10)] }),
  ],
  [
    'invoke without ends',
    'CHK013',
    /action "end", ends is undefined; use an object with id, done, error/,
    () => words.invoke('end', 'lamp', 'on'),
  ],
  [
    'invoke with an end in no list',
    'CHK013',
    /ends: done is 1; use a list/,
    () => words.invoke('end', 'lamp', 'on', { done: 1, error: [] }),
  ],
  [
    'invoke with other ends',
    'CHK013',
    /ends does not take 'failed'/,
    () => words.invoke('end', 'lamp', 'on', { done: [], error: [], failed: [] }),
  ],
  [
    'invoke with a Set',
    'CHK001',
    /ends\.done\[0\] holds Set/,
    () => words.invoke('end', 'lamp', 'on', { done: [new Set()], error: [] }),
  ],
  [
    'invoke with one end twice',
    'CHK013',
    /ends\.error has "x" twice/,
    () => words.invoke('end', 'lamp', 'on', { done: [], error: ['x', 'x'] }),
  ],
  [
    'invoke where nothing is invoked',
    'CHK011',
    /invoke/,
    () => lamps({ actions: [words.invoke('end', 'lamp', 'on', { done: [null], error: [] })] }),
  ],
]
