import { setup } from 'xstate'
import { refuse } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const page = setup({ types: { events: {} as { type: 'pin' | 'unpin' } } }).createMachine({
  id: 'page',
  initial: 'loose',
  states: {
    loose: { on: { pin: { target: 'pinned', description: 'stays where it is' } } },
    pinned: {
      on: { pin: refuse('EBUSY'), unpin: { target: 'loose', description: 'may move again' } },
    },
  },
})

const mapping = setup({ types: { events: {} as { type: 'map' | 'unmap' } } }).createMachine({
  id: 'mapping',
  initial: 'none',
  states: {
    none: { on: { map: { target: 'mapped', description: 'is in the table' } } },
    mapped: {
      on: { map: refuse('EEXIST'), unmap: { target: 'none', description: 'is out of the table' } },
    },
  },
})

interface Kinds {
  readonly page: typeof page
  readonly mapping: typeof mapping
}
const { ioctl, each, always, stepProperty, errno } = model<
  Kinds,
  'ENOMEM' | 'ENOENT' | 'EBUSY' | 'EEXIST'
>()
const at = each('page')

const map = (unwinds: boolean) =>
  ioctl(
    'map',
    { at },
    {
      fails: ['allocation of the table'],
      run: ({ at }, { mapping }, { fails }) => {
        at.send({ type: 'pin' })
        if (fails('allocation of the table')) {
          if (unwinds) at.send({ type: 'unpin' })
          return errno('ENOMEM')
        }
        mapping.of(at).send({ type: 'map' })
      },
    },
  )
const unmap = ioctl('unmap', { at }, ({ at }, { mapping }) => {
  if (mapping.of(at).in('none')) return errno('ENOENT')
  mapping.of(at).send({ type: 'unmap' })
  at.send({ type: 'unpin' })
})

/**
 * A call that pins a page and then fails to map it. Without the unwind, the first failed call
 * breaks `failure-changes-nothing`, and the page is pinned with no mapping for ever (3^pages
 * states); with it, a page is mapped or not (2^pages).
 */
export const leak = (pages: number, unwinds: boolean): System =>
  system<Kinds>({
    kinds: {
      page: { machine: page, count: pages, symmetric: true },
      mapping: { machine: mapping, per: 'page' },
    },
    actions: [map(unwinds), unmap],
    properties: [
      stepProperty('failure-changes-nothing', {
        says: 'A failed call leaves no trace.',
        holds: ({ outcome, changed }) => outcome === 'ok' || !changed,
      }),
      always('mapped-is-pinned', {
        says: 'A mapped page is pinned.',
        holds: ({ page, mapping }) => page.every((p) => mapping.of(p).in('none') || p.in('pinned')),
      }),
    ],
    failures: true,
  })
