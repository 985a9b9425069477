import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import type { Handle, View } from '../types.ts'
import { system, type System } from '../system.ts'

interface Counter {
  readonly x: number
  readonly first: boolean
  readonly left: Ref<'node'>
}

const node = setup({
  types: {
    context: {} as Counter,
    input: {} as Counter,
    events: {} as { type: 'set'; to: number },
  },
}).createMachine({
  id: 'node',
  context: ({ input }) => input,
  on: { set: { actions: assign({ x: ({ event }) => event.to }), description: 'counts' } },
})

interface Kinds {
  readonly node: typeof node
}
const { action, each, always, cover, stepProperty, blocked } = model<Kinds>()

/** The first node may move where it is equal to the one on its left, the others where not. */
const privileged = ({ context }: Handle<Kinds, 'node'>) =>
  context.first === (context.x === context.left.context.x)
const privileges = ({ node }: View<Kinds>) => node.count((n) => privileged(n))

/**
 * Dijkstra's self-stabilizing ring of `n` counters up to `k` that start anywhere: k^n initial
 * states, and no others. In each the first node is privileged where it equals the last, k^(n - 1)
 * times, and each of the others where it differs from the one before, k^n - k^(n - 1) times: so many
 * transitions there are. One privilege is reached from everywhere, and never grows to more.
 */
export const stabilizingRing = (n: number, k: number): System =>
  system<Kinds>({
    kinds: {
      node: {
        machine: node,
        count: n,
        inputs: (i, ref) =>
          Array.from({ length: k }, (_, x) => ({
            x,
            first: i === 0,
            left: ref('node', (i + n - 1) % n),
          })),
      },
    },
    actions: [
      action('move', { node: each('node') }, ({ node }) => {
        if (!privileged(node)) return blocked()
        const { x, first, left } = node.context
        node.send({ type: 'set', to: first ? (x + 1) % k : left.context.x })
      }),
    ],
    properties: [
      always('privilege', {
        says: 'Some node is privileged.',
        source: ['E. W. Dijkstra, Self-stabilizing systems in spite of distributed control, 1974'],
        holds: (view) => privileges(view) >= 1,
      }),
      always('one-privilege', {
        says: 'One node alone is privileged, which does not hold in all initial states.',
        holds: (view) => privileges(view) === 1,
      }),
      stepProperty('no-new-privilege', {
        says: 'A move adds no privilege.',
        holds: ({ before, after }) => privileges(after) <= privileges(before),
      }),
      cover('all-equal', {
        says: 'All counters are equal, and not 0.',
        holds: ({ node }) =>
          node.every((a) => a.context.x === 1 && a.context.x === a.context.left.context.x),
      }),
    ],
    deadlock: { terminal: () => false },
  })
