import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const node = setup({
  types: {
    context: {} as { to: Ref<'node'> | null },
    events: {} as { type: 'point'; to: Ref<'node'> } | { type: 'clear' },
  },
}).createMachine({
  id: 'node',
  context: { to: null },
  on: {
    point: { actions: assign({ to: ({ event }) => event.to }), description: 'points at a node' },
    clear: { actions: assign({ to: null }), description: 'points nowhere' },
  },
})

interface Kinds {
  readonly node: typeof node
}
const { action, each, cover, blocked } = model<Kinds>()
const from = each('node')

/**
 * Interchangeable nodes, each of which points at any node or nowhere: (n + 1)^n states, and as many
 * orbits as there are partial maps of n points to themselves up to renaming: 2, 6, 16, 45, 121, 338
 * (OEIS A126285). Cycles make ties that no sorting of nodes by their looks resolves.
 */
export const pointers = (n: number): System =>
  system<Kinds>({
    kinds: { node: { machine: node, count: n, symmetric: true } },
    actions: [
      action('point', { from, to: each('node') }, ({ from, to }) => {
        if (from.context.to === to) return blocked()
        from.send({ type: 'point', to })
      }),
      action('clear', { from }, ({ from }) => {
        if (from.context.to === null) return blocked()
        from.send({ type: 'clear' })
      }),
    ],
    properties: [
      cover('permutation', {
        says: 'Every node is pointed at.',
        holds: ({ node }) =>
          node.every((n) => n.context.to !== null && node.some((m) => m.context.to === n)),
      }),
    ],
  })
