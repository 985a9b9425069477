import { assign, createMachine } from 'xstate'
import * as checker from '../../index.ts'

/** The public interface as plain JavaScript sees it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export const js = checker as any

/** Functions of users, whose arguments nobody checks. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = (...args: any[]) => unknown

/** A wrong use: what it is, the code it is refused with, a part of the message, and the use. */
export type WrongUse = readonly [
  name: string,
  code: checker.ErrorCode,
  message: RegExp,
  use: () => unknown,
]

export const lamp = createMachine({
  id: 'lamp',
  initial: 'off',
  context: { to: null as unknown, n: 0 },
  states: {
    off: { on: { press: 'on', smash: checker.refuse('EPERM') } },
    on: { on: { press: 'off' } },
  },
  on: { aim: { actions: assign({ to: ({ event }) => (event as { to?: unknown }).to ?? null }) } },
})

export const words = js.model()
const { action, always, each, stepProperty, cover } = words

/** Presses each lamp there is. */
export const press = action(
  'press',
  { lamp: each('lamp') },
  ({ lamp }: { lamp: { send: Loose } }) => lamp.send({ type: 'press' }),
)

/** Two lamps, with what a row adds or replaces. */
export const lamps = (more: object = {}): checker.System =>
  js.system({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press], ...more })

/** Two lamps, with another kind. */
export const beside = (kinds: object): checker.System =>
  lamps({ kinds: { lamp: { machine: lamp, count: 2 }, ...kinds } })

/** Two lamps with these properties. */
export const having = (...properties: readonly unknown[]): checker.System => lamps({ properties })

/** Explores two lamps under one more action. */
export const acting = (run: Loose): unknown =>
  js.check(lamps({ actions: [press, action('act', { lamp: each('lamp') }, run)] }))

/** Explores two lamps under a property of states. */
export const judging = (holds: Loose): unknown =>
  js.check(having(always('p', { says: 'x', holds })))

/** Explores two lamps under a property of calls. */
export const hearing = (holds: Loose): unknown =>
  js.check(having(stepProperty('p', { says: 'x', holds })))

/** Explores two lamps under a call that must be reachable. */
export const awaiting = (happens: Loose): unknown =>
  js.check(having(cover('p', { says: 'x', happens })))
