import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

interface Place {
  readonly next: Ref<'station'>
}

const station = setup({
  types: {
    context: {} as Place,
    input: {} as Place,
    events: {} as { type: 'want' | 'enter' | 'leave' },
  },
}).createMachine({
  id: 'station',
  initial: 'idle',
  context: ({ input }) => input,
  states: {
    idle: { on: { want: { target: 'waiting', description: 'has something to send' } } },
    waiting: { on: { enter: { target: 'sending', description: 'sends' } } },
    sending: { on: { leave: { target: 'idle', description: 'has sent' } } },
  },
})

const token = setup({
  types: {
    context: {} as { at: Ref<'station'> },
    input: {} as { at: Ref<'station'> },
    events: {} as { type: 'move'; to: Ref<'station'> },
  },
}).createMachine({
  id: 'token',
  context: ({ input }) => input,
  on: {
    move: {
      actions: assign({ at: ({ event }) => event.to }),
      description: 'goes to the next station',
    },
  },
})

interface Kinds {
  readonly station: typeof station
  readonly token: typeof token
}
const { action, each, always, cover, blocked } = model<Kinds>()
const who = each('station')

/**
 * A token goes round `n` stations; who has it may send, and keeps it while sending. A station is
 * idle or waiting, and the one with the token may be sending as well: n * 3 * 2^(n - 1) states.
 */
export const tokenRing = (n: number): System =>
  system<Kinds>({
    kinds: {
      station: {
        machine: station,
        count: n,
        input: (i, ref) => ({ next: ref('station', (i + 1) % n) }),
      },
      token: { machine: token, count: 1, input: (_, ref) => ({ at: ref('station', 0) }) },
    },
    actions: [
      action('want', { who }, ({ who }) =>
        who.in('idle') ? who.send({ type: 'want' }) : blocked(),
      ),
      action('enter', { who }, ({ who }, { token }) => {
        if (!who.in('waiting') || token.only.context.at !== who) return blocked()
        who.send({ type: 'enter' })
      }),
      action('leave', { who }, ({ who }) =>
        who.in('sending') ? who.send({ type: 'leave' }) : blocked(),
      ),
      action('pass', {}, (_, { token }) => {
        const { at } = token.only.context
        if (at.in('sending')) return blocked()
        token.only.send({ type: 'move', to: at.context.next })
      }),
    ],
    properties: [
      always('one-sender', {
        says: 'At most one station sends.',
        holds: ({ station }) => station.count((s) => s.in('sending')) <= 1,
      }),
      always('sender-has-token', {
        says: 'Who sends has the token.',
        holds: ({ station, token }) => {
          const { at } = token.only.context
          return station.every((s) => !s.in('sending') || s === at)
        },
      }),
      cover('sends', {
        says: 'A station sends.',
        holds: ({ station }) => station.some((s) => s.in('sending')),
      }),
    ],
    deadlock: { terminal: () => false },
  })
