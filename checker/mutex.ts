import { setup } from 'xstate'
import { blocks } from './lifecycle.ts'

/** A lock that is held across steps: `acquire` makes the step wait while it is held. A lock held within one step needs no component. */
export const mutex = setup({ types: { events: {} as { type: 'acquire' } | { type: 'release' } } }).createMachine({
  id: 'mutex',
  initial: 'free',
  states: {
    free: { on: { acquire: { target: 'held', description: 'is taken' } } },
    held: { on: { acquire: blocks('waits for the holder'), release: { target: 'free', description: 'is given back' } } },
  },
})
