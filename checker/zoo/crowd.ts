import { assign, setup } from 'xstate'
import { refuse, says, type Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const guest = setup({
  types: {
    context: {} as { in: Ref<'room'> },
    input: {} as { in: Ref<'room'> },
    events: {} as { type: 'walk'; to: Ref<'room'> },
  },
}).createMachine({
  id: 'guest',
  context: ({ input }) => ({ in: input.in }),
  on: {
    walk: { actions: assign({ in: ({ event }) => event.to }), description: 'goes elsewhere' },
  },
})

const room = setup({
  types: {
    context: {} as { seats: number; taken: number },
    input: {} as { seats: number },
    events: {} as { type: 'enter' } | { type: 'leave' },
  },
  guards: {
    hall: says('it is the hall', ({ context }) => context.seats === 0),
    full: says('all seats are taken', ({ context }) => context.taken === context.seats),
  },
}).createMachine({
  id: 'room',
  context: ({ input }) => ({ seats: input.seats, taken: 0 }),
  on: {
    enter: [
      { guard: 'hall', description: 'there is always room' },
      { guard: 'full', ...refuse('full', 'nobody may stand') },
      {
        actions: assign({ taken: ({ context }) => context.taken + 1 }),
        description: 'a seat is taken',
      },
    ],
    leave: [
      { guard: 'hall', description: 'nobody counts' },
      {
        actions: assign({ taken: ({ context }) => context.taken - 1 }),
        description: 'a seat is free',
      },
    ],
  },
})

interface Kinds {
  readonly room: typeof room
  readonly guest: typeof guest
}
const { action, always, blocked, cover, each } = model<Kinds>()

/**
 * Many interchangeable guests, all in the hall at first, and two rooms with a few seats, which are
 * interchangeable too. Nearly all guests are alike, and all of them refer to something.
 *
 * With n guests and s seats in each room, orbits are the ways to fill two rooms: (s + 2)(s + 1) / 2.
 */
export const crowd = (guests: number, seats: number): System =>
  system<Kinds>({
    kinds: {
      room: {
        machine: room,
        count: 3,
        symmetric: true,
        input: (i) => ({ seats: i === 0 ? 0 : seats }),
      },
      guest: {
        machine: guest,
        count: guests,
        symmetric: true,
        input: (_, ref) => ({ in: ref('room', 0) }),
      },
    },
    actions: [
      action('walk', { guest: each('guest'), to: each('room') }, ({ guest, to }) => {
        const from = guest.context.in
        if (from === to) return blocked()
        to.send({ type: 'enter' })
        from.send({ type: 'leave' })
        guest.send({ type: 'walk', to })
      }),
    ],
    properties: [
      always('seated', {
        says: 'Nobody stands in a room.',
        holds: ({ room }) => room.every((r) => r.context.taken <= r.context.seats),
      }),
      cover('full', {
        says: 'Both rooms can be full.',
        holds: ({ room }) => room.every((r) => r.context.taken === r.context.seats),
      }),
    ],
  })
