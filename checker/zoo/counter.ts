import { assign, setup } from 'xstate'
import { refuse } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const counter = setup({
  types: {
    context: {} as { n: number; limit: number },
    input: {} as { limit: number },
    events: {} as { type: 'add' },
  },
  guards: { room: ({ context }) => context.n < context.limit },
}).createMachine({
  id: 'counter',
  context: ({ input }) => ({ n: 0, limit: input.limit }),
  on: {
    add: [
      {
        guard: 'room',
        actions: assign({ n: ({ context }) => context.n + 1 }),
        description: 'counts one more',
      },
      refuse('EOVERFLOW', 'is full'),
    ],
  },
})

const lamp = setup({ types: { events: {} as { type: 'press' } } }).createMachine({
  id: 'lamp',
  initial: 'off',
  states: {
    off: { on: { press: { target: 'on', description: 'goes on' } } },
    on: { on: { press: { target: 'off', description: 'goes off' } } },
  },
})

interface Kinds {
  readonly lamp: typeof lamp
  readonly counter: typeof counter
}
const { action, each, always, cover, stepProperty } = model<Kinds>()

/**
 * A counter up to `limit` beside some lamps: (limit + 1) * 2^lamps states. Nothing bounds the
 * counter's number of local states beforehand, so that the packing of states has to change in
 * mid-run, with states of the old one in store. `low` breaks at 9/10 of the limit, that many steps
 * deep.
 */
export const boundedCounter = (limit: number, lamps: number): System =>
  system<Kinds>({
    kinds: {
      lamp: { machine: lamp, count: lamps, symmetric: true },
      counter: { machine: counter, count: 1, input: () => ({ limit }) },
    },
    actions: [
      action('add', {}, (_, { counter }) => counter.only.send({ type: 'add' })),
      action('press', { which: each('lamp') }, ({ which }) => which.send({ type: 'press' })),
    ],
    properties: [
      always('bounded', {
        says: 'The counter keeps its limit.',
        holds: ({ counter }) => counter.only.context.n <= counter.only.context.limit,
      }),
      always('low', {
        says: 'The counter stays below nine tenths of its limit.',
        holds: ({ counter }) => counter.only.context.n < 0.9 * counter.only.context.limit,
      }),
      stepProperty('upwards', {
        says: 'The counter never goes down.',
        holds: ({ before, after }) => after.counter.only.context.n >= before.counter.only.context.n,
      }),
      cover('full', {
        says: 'The counter refuses.',
        happens: ({ outcome }) => outcome === 'EOVERFLOW',
      }),
    ],
  })
