import { setup } from 'xstate'
import { blocks } from './lifecycle.ts'

/**
 * A lock that is held across steps: `acquire` makes the step wait while it is held. A lock held
 * within one step needs no component.
 *
 * @example
 * ```ts
 * import { check, model, mutex, system } from 'iommufd-spec/checker'
 *
 * interface Kinds {
 *   readonly lock: typeof mutex
 * }
 * const { ioctl, step } = model<Kinds>()
 * const work = ioctl('work', {}, {
 *   steps: [
 *     step('lock', (_, { lock }) => lock.only.send({ type: 'acquire' })),
 *     step('unlock', (_, { lock }) => lock.only.send({ type: 'release' })),
 *   ],
 * })
 * const report = await check(system<Kinds>({ kinds: { lock: { machine: mutex, count: 1 } }, actions: [work], callers: 2 }))
 * console.log(report.states, report.transitions) // → 2 2
 * ```
 */
export const mutex = setup({
  types: { events: {} as { type: 'acquire' } | { type: 'release' } },
}).createMachine({
  id: 'mutex',
  initial: 'free',
  states: {
    free: { on: { acquire: { target: 'held', description: 'is taken' } } },
    held: {
      on: {
        acquire: blocks('waits for the holder'),
        release: { target: 'free', description: 'is given back' },
      },
    },
  },
})
