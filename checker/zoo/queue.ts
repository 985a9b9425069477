import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'
import type { ValueSet } from '../types.ts'

const queue = setup({
  types: {
    context: {} as { items: readonly Ref<'item'>[] },
    events: {} as { type: 'push'; item: Ref<'item'> } | { type: 'pop' },
  },
}).createMachine({
  id: 'queue',
  context: { items: [] },
  on: {
    push: {
      actions: assign({ items: ({ context, event }) => [...context.items, event.item] }),
      description: 'has one item more, at its end',
    },
    pop: {
      actions: assign({ items: ({ context }) => context.items.slice(1) }),
      description: 'has lost its first item',
    },
  },
})

interface Kinds {
  readonly queue: typeof queue
  readonly item: ValueSet
}
const { action, each, always, blocked } = model<Kinds>()

/**
 * A queue of interchangeable values, none twice. Its order is state: the sum of n! / (n - k)! over
 * k from 0 to n states, that is 5, 16, 65, 326 for 2 to 5 values (OEIS A000522), of which symmetry
 * leaves n + 1, one for each length.
 */
export const queueOf = (items: number): System =>
  system<Kinds>({
    kinds: { queue: { machine: queue, count: 1 }, item: { values: items, symmetric: true } },
    actions: [
      action('push', { item: each('item') }, ({ item }, { queue }) => {
        if (queue.only.context.items.includes(item)) return blocked()
        queue.only.send({ type: 'push', item })
      }),
      action('pop', {}, (_, { queue }) => {
        if (queue.only.context.items.length === 0) return blocked()
        queue.only.send({ type: 'pop' })
      }),
    ],
    properties: [
      always('short', {
        says: 'The queue is never full.',
        holds: ({ queue, item }) => queue.only.context.items.length < item.count(() => true),
      }),
    ],
  })
