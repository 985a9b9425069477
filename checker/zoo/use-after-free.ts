import { assign, setup } from 'xstate'
import { refuse, type Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const object = setup({
  types: {
    context: {} as { users: number },
    events: {} as { type: 'create' | 'get' | 'put' | 'touch' | 'destroy' },
  },
  guards: { unused: ({ context }) => context.users === 0 },
}).createMachine({
  id: 'object',
  initial: 'free',
  context: { users: 0 },
  states: {
    free: { on: { create: { target: 'live', description: 'is made' } } },
    live: {
      on: {
        get: {
          actions: assign({ users: ({ context }) => context.users + 1 }),
          description: 'has one user more',
        },
        put: {
          actions: assign({ users: ({ context }) => context.users - 1 }),
          description: 'has one user less',
        },
        touch: { description: 'is used' },
        destroy: [
          { guard: 'unused', target: 'free', description: 'is gone' },
          refuse('EBUSY', 'somebody uses it'),
        ],
      },
    },
  },
})

const cache = setup({
  types: {
    context: {} as { entry: Ref<'object'> | null },
    events: {} as { type: 'store'; entry: Ref<'object'> } | { type: 'forget' },
  },
}).createMachine({
  id: 'cache',
  context: { entry: null },
  on: {
    store: {
      actions: assign({ entry: ({ event }) => event.entry }),
      description: 'remembers the object last used',
    },
    forget: { actions: assign({ entry: null }), description: 'remembers nothing' },
  },
})

interface Kinds {
  readonly object: typeof object
  readonly cache: typeof cache
}
const { ioctl, step, each, free, stepProperty, errno } = model<Kinds, 'ENOENT' | 'EBUSY'>()

const create = ioctl('create', { as: free('object') }, ({ as }) => as.send({ type: 'create' }))
const what = each('object')

const use = (counted: boolean) =>
  ioctl(
    'use',
    { what },
    {
      steps: [
        step('look up', ({ what }) => {
          if (what.in('free')) return errno('ENOENT')
          if (counted) what.send({ type: 'get' })
        }),
        step('touch', ({ what }, { cache }) => {
          what.send({ type: 'touch' })
          if (counted) what.send({ type: 'put' })
          cache.only.send({ type: 'store', entry: what })
        }),
      ],
    },
  )

const destroy = (forgets: boolean) =>
  ioctl('destroy', { what }, ({ what }, { cache }) => {
    if (what.in('free')) return errno('ENOENT')
    what.send({ type: 'destroy' })
    if (forgets && cache.only.context.entry === what) cache.only.send({ type: 'forget' })
  })

/**
 * Objects that threads look up, use and destroy. A thread that takes no reference between its steps
 * (`counted: false`) uses what another has destroyed: the built-in `accepted` breaks. A destroy
 * that leaves the cache as it is (`forgets: false`) breaks the built-in `dangling`.
 */
export const useAfterFree = (
  objects: number,
  callers: number,
  counted: boolean,
  forgets: boolean,
): System =>
  system<Kinds>({
    kinds: {
      object: { machine: object, count: objects, symmetric: true },
      cache: { machine: cache, count: 1 },
    },
    actions: [create, use(counted), destroy(forgets)],
    properties: [
      stepProperty('busy-changes-nothing', {
        says: 'A destroy that is refused changes nothing.',
        holds: ({ outcome, changed }) => outcome !== 'EBUSY' || !changed,
      }),
    ],
    callers,
  })
