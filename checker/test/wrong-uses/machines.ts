import { assign, createMachine, log } from 'xstate'
import { beside, js, words, type WrongUse } from './fixtures.ts'

const { action, each } = words
const machine = (config: object) =>
  js.system({
    kinds: { thing: { machine: createMachine({ id: 'thing', ...config } as never), count: 1 } },
    actions: [],
  })
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
  [
    'a refusal without a code',
    'CHK021',
    /refuse ends with undefined; use a text/,
    () => js.refuse(),
  ],
  ['a refusal with a number', 'CHK021', /refuse ends with 16/, () => js.refuse(16)],
  ['a refusal with an empty code', 'CHK021', /refuse ends with/, () => js.refuse('')],
  [
    'a refusal called step',
    'CHK023',
    /an outcome of refuse is called 'step'/,
    () => js.refuse('step'),
  ],
  ['a refusal called unaccepted', 'CHK023', /'unaccepted'/, () => js.refuse('unaccepted')],
  ['a refusal called ok', 'CHK023', /an outcome of refuse is called 'ok'/, () => js.refuse('ok')],
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
]
