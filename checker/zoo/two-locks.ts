import { setup } from 'xstate'
import { model } from '../model.ts'
import { mutex } from '../mutex.ts'
import { system, type System } from '../system.ts'

/** Which of the two locks a path takes first. */
const first = setup({ types: { context: {} as { n: number } } }).createMachine({ id: 'counter', context: { n: 0 } })

interface Kinds {
  readonly a: typeof mutex
  readonly b: typeof mutex
  readonly counter: typeof first
}
const { ioctl, step } = model<Kinds>()

const take = (name: string, outer: 'a' | 'b', inner: 'a' | 'b') =>
  ioctl(
    name,
    {},
    {
      steps: [
        step(`lock ${outer}`, (_, view) => view[outer].only.send({ type: 'acquire' })),
        step(`lock ${inner}`, (_, view) => view[inner].only.send({ type: 'acquire' })),
        step('unlock', (_, view) => {
          view[inner].only.send({ type: 'release' })
          view[outer].only.send({ type: 'release' })
        }),
      ],
    },
  )

/** Two locks taken in opposite orders by two callers (`ordered`: in the same order): the first deadlocks, the second does not. */
export const twoLocks = (ordered: boolean, callers = 2): System =>
  system<Kinds>({
    kinds: { a: { machine: mutex, count: 1 }, b: { machine: mutex, count: 1 }, counter: { machine: first, count: 1 } },
    actions: [take('forward', 'a', 'b'), ordered ? take('backward', 'a', 'b') : take('backward', 'b', 'a')],
    callers,
    deadlock: { terminal: () => false },
  })
