import { setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { mutex } from '../mutex.ts'
import { system, type System } from '../system.ts'

interface Seat {
  readonly first: Ref<'fork'>
  readonly second: Ref<'fork'>
  readonly neighbour: Ref<'philosopher'>
}

const philosopher = setup({
  types: {
    context: {} as Seat,
    input: {} as Seat,
    events: {} as { type: 'takeFirst' | 'takeSecond' | 'putFirst' | 'putSecond' },
  },
}).createMachine({
  id: 'philosopher',
  initial: 'thinking',
  context: ({ input }) => input,
  states: {
    thinking: { on: { takeFirst: { target: 'hungry', description: 'has one fork' } } },
    hungry: { on: { takeSecond: { target: 'eating', description: 'has both forks' } } },
    eating: { on: { putFirst: { target: 'sated', description: 'gives the first fork back' } } },
    sated: { on: { putSecond: { target: 'thinking', description: 'gives the second fork back' } } },
  },
})

interface Kinds {
  readonly philosopher: typeof philosopher
  readonly fork: typeof mutex
}
const { action, each, always, cover, blocked } = model<Kinds>()
const who = each('philosopher')

const actions = [
  action('takeFirst', { who }, ({ who }) => {
    if (!who.in('thinking')) return blocked()
    who.context.first.send({ type: 'acquire' })
    who.send({ type: 'takeFirst' })
  }),
  action('takeSecond', { who }, ({ who }) => {
    if (!who.in('hungry')) return blocked()
    who.context.second.send({ type: 'acquire' })
    who.send({ type: 'takeSecond' })
  }),
  action('putFirst', { who }, ({ who }) => {
    if (!who.in('eating')) return blocked()
    who.context.first.send({ type: 'release' })
    who.send({ type: 'putFirst' })
  }),
  action('putSecond', { who }, ({ who }) => {
    if (!who.in('sated')) return blocked()
    who.context.second.send({ type: 'release' })
    who.send({ type: 'putSecond' })
  }),
]

/**
 * Dining philosophers, who take and give back their forks one at a time, the first taken being the
 * first given back.
 *
 * A state is what became of each fork: free, with the philosopher on its left, or with the one on
 * its right. When all begin on the same side, every combination is reachable but one: all forks
 * given back but for each one's second, since the last to give back its first fork would have
 * shared it with a neighbour. So there are 3^n - 1 states; a philosopher has 2/3 of a transition on
 * the average, which makes 2n/3 * 3^n - n. One of the states is the deadlock, n steps deep. With
 * `ordered`, the last begins on the other side: no deadlock, and all 3^n combinations are
 * reachable.
 */
export const philosophers = (n: number, ordered = false): System =>
  system<Kinds>({
    kinds: {
      fork: { machine: mutex, count: n },
      philosopher: {
        machine: philosopher,
        count: n,
        input: (i, ref) => {
          const left = ref('fork', i)
          const right = ref('fork', (i + 1) % n)
          const neighbour = ref('philosopher', (i + 1) % n)
          return ordered && i === n - 1
            ? { first: right, second: left, neighbour }
            : { first: left, second: right, neighbour }
        },
      },
    },
    actions,
    properties: [
      always('neighbours', {
        says: 'Two neighbours never eat at the same time.',
        source: ['E. W. Dijkstra, EWD 310'],
        holds: ({ philosopher }) =>
          philosopher.every((p) => !(p.in('eating') && p.context.neighbour.in('eating'))),
      }),
      cover('feast', {
        says: 'Somebody eats.',
        holds: ({ philosopher }) => philosopher.some((p) => p.in('eating')),
      }),
    ],
    deadlock: { terminal: () => false },
  })
