import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'
import type { ValueSet } from '../types.ts'

interface DiskContext {
  readonly size: number
  readonly on: Ref<'peg'>
  readonly home: Ref<'peg'>
}

const disk = setup({
  types: {
    context: {} as DiskContext,
    input: {} as DiskContext,
    events: {} as { type: 'move'; to: Ref<'peg'> },
  },
}).createMachine({
  id: 'disk',
  context: ({ input }) => input,
  on: {
    move: { actions: assign({ on: ({ event }) => event.to }), description: 'lies on another peg' },
  },
})

interface Kinds {
  readonly disk: typeof disk
  readonly peg: ValueSet
}
const { action, each, always, blocked } = model<Kinds>()

const move = action('move', { what: each('disk'), to: each('peg') }, ({ what, to }, { disk }) => {
  const { size, on } = what.context
  if (to === on) return blocked()
  if (disk.some((d) => d.context.size < size && (d.context.on === on || d.context.on === to)))
    return blocked()
  what.send({ type: 'move', to })
})

/**
 * The towers of Hanoi: a property with one violation, deep down. n disks on three pegs make 3^n
 * states. Each has three moves but the three with all disks on one peg, which have two: 3 * (3^n -
 * 1) transitions. The shortest solution has 2^n - 1 moves. The two pegs that are not home are
 * interchangeable: (3^n + 1) / 2 orbits.
 */
export const hanoi = (disks: number): System =>
  system<Kinds>({
    kinds: {
      disk: {
        machine: disk,
        count: disks,
        input: (i, ref) => ({ size: i + 1, on: ref('peg', 0), home: ref('peg', 0) }),
      },
      peg: { values: 3, symmetric: true },
    },
    actions: [move],
    properties: [
      always('unsolved', {
        says: 'The disks are never all on one other peg.',
        holds: ({ disk, peg }) =>
          !peg.some((p) => disk.every((d) => d.context.on === p && d.context.home !== p)),
      }),
    ],
  })
