import { assign, setup } from 'xstate'
import { refuse, type Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const book = setup({
  types: {
    context: {} as { parent: Ref<'book'> | null; copies: number },
    events: {} as { type: 'make'; parent: Ref<'book'> | null } | { type: 'drop' | 'put' },
  },
}).createMachine({
  id: 'book',
  initial: 'free',
  context: { parent: null, copies: 0 },
  states: {
    free: {
      on: {
        make: {
          target: 'live',
          actions: assign({ parent: ({ event }) => event.parent, copies: 1 }),
        },
      },
    },
    live: {
      on: {
        make: refuse('EEXIST'),
        drop: { target: 'free', actions: assign({ parent: null, copies: 0 }) },
      },
    },
  },
})

interface Kinds {
  readonly book: typeof book
}
const { action, each, free, oneOf, errno, blocked, cover } = model<Kinds, 'ENOENT' | 'ENOMEM'>()
const what = each('book')
const as = free('book')

/**
 * Books with object ids: made (alone or as a part), dropped, buried; for traces with ids in them.
 */
export const shelf = (books: number): System =>
  system<Kinds>({
    kinds: { book: { machine: book, count: books } },
    actions: [
      action(
        'make',
        { as },
        {
          fails: ['print'],
          run: ({ as }, _, { ids, fails }) => {
            ids.take(as)
            if (fails('print')) {
              ids.give(as)
              return errno('ENOMEM')
            }
            as.send({ type: 'make', parent: null })
          },
        },
      ),
      action('part', { as, of: what }, ({ as, of }, _, { ids }) => {
        if (!of.in('live')) return errno('ENOENT')
        ids.take(as)
        as.send({ type: 'make', parent: of })
      }),
      action('drop', { what, how: oneOf('give', 'tombstone') }, ({ what, how }, _, { ids }) => {
        ids[how](what)
        if (!what.in('live')) return blocked()
        what.send({ type: 'drop' })
      }),
      action('put', { what }, ({ what }) => what.send({ type: 'put' })),
    ],
    properties: [
      cover('two', {
        says: 'Two books stand there.',
        holds: ({ book }) => book.count((b) => b.in('live')) === 2,
      }),
    ],
    failures: true,
  })
