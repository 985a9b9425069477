import { model } from '../model.ts'
import { mutex } from '../mutex.ts'
import { system, type System } from '../system.ts'

interface Kinds {
  readonly a: typeof mutex
  readonly b: typeof mutex
}
const { ioctl, step, always } = model<Kinds>()

const take = (name: string, outer: 'a' | 'b', inner: 'a' | 'b') =>
  ioctl(
    name,
    {},
    {
      steps: [
        step('lock outer', (_, view) => view[outer].only.send({ type: 'acquire' })),
        step('lock inner', (_, view) => view[inner].only.send({ type: 'acquire' })),
        step('unlock', (_, view) => {
          view[inner].only.send({ type: 'release' })
          view[outer].only.send({ type: 'release' })
        }),
      ],
    },
  )

/**
 * Two locks and two paths that take both, run by `callers` threads in their steps. In opposite
 * orders, each thread can hold what the other waits for: a deadlock after two steps. `ordered`:
 * both take `a` first, and there is none.
 */
export const twoLocks = (ordered: boolean, callers = 2): System =>
  system<Kinds>({
    kinds: { a: { machine: mutex, count: 1 }, b: { machine: mutex, count: 1 } },
    actions: [
      take('forward', 'a', 'b'),
      ordered ? take('backward', 'a', 'b') : take('backward', 'b', 'a'),
    ],
    properties: [
      always('inner-under-outer', {
        says: 'Nobody holds b without a.',
        holds: ({ a, b }) => !b.only.in('held') || a.only.in('held'),
      }),
    ],
    callers,
    deadlock: { terminal: () => false },
  })
