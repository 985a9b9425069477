import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const left = setup({
  types: {
    context: {} as { to: Ref<'right'> | null },
    events: {} as { type: 'bind'; to: Ref<'right'> } | { type: 'part' },
  },
}).createMachine({
  id: 'left',
  context: { to: null },
  on: {
    bind: { actions: assign({ to: ({ event }) => event.to }), description: 'names a partner' },
    part: { actions: assign({ to: null }), description: 'names nobody' },
  },
})

const right = setup({
  types: {
    context: {} as { to: Ref<'left'> | null },
    events: {} as { type: 'bind'; to: Ref<'left'> } | { type: 'part' },
  },
}).createMachine({
  id: 'right',
  context: { to: null },
  on: {
    bind: { actions: assign({ to: ({ event }) => event.to }), description: 'names a partner' },
    part: { actions: assign({ to: null }), description: 'names nobody' },
  },
})

interface Kinds {
  readonly left: typeof left
  readonly right: typeof right
}
const { action, always, blocked, cover, each } = model<Kinds>()
const both = { left: each('left'), right: each('right') }
const kinds = (n: number) => ({
  left: { machine: left, count: n, symmetric: true },
  right: { machine: right, count: n, symmetric: true },
})

/**
 * Two interchangeable kinds whose members bind one another, both at once: k couples, so n + 1
 * orbits, (n - k)² + k transitions from each; Σ C(n, k)² k! states without symmetry.
 */
export const couples = (n: number): System =>
  system<Kinds>({
    kinds: kinds(n),
    actions: [
      action('bind', both, ({ left, right }) => {
        if (left.context.to !== null || right.context.to !== null) return blocked()
        left.send({ type: 'bind', to: right })
        right.send({ type: 'bind', to: left })
      }),
      action('part', { left: each('left') }, ({ left }) => {
        if (left.context.to === null) return blocked()
        left.context.to.send({ type: 'part' })
        left.send({ type: 'part' })
      }),
    ],
    properties: [
      always('mutual', {
        says: 'Who names a partner is named by it.',
        holds: ({ left }) =>
          left.every((l) => l.context.to === null || l.context.to.context.to === l),
      }),
      cover('all-bound', {
        says: 'All can be bound.',
        holds: ({ left }) => left.every((l) => l.context.to !== null),
      }),
    ],
  })

/**
 * The same two kinds, but each names whom it likes, or nobody: (n + 1)^(2n) states, 2n² transitions
 * from each. Orbits are pairs of partial maps there and back up to renaming of both sides. By
 * Burnside's lemma their number is the mean over all pairs of permutations (s, t) of
 * ∏ over cycles a of s (1 + Σ over cycles b of t whose length divides a's, of that length), times
 * the same with s and t exchanged: 4, 24, 154 for n = 1, 2, 3.
 */
export const crossReferences = (n: number): System =>
  system<Kinds>({
    kinds: kinds(n),
    actions: [
      action('choose', both, ({ left, right }) => {
        if (left.context.to === right) return blocked()
        left.send({ type: 'bind', to: right })
      }),
      action('answer', both, ({ left, right }) => {
        if (right.context.to === left) return blocked()
        right.send({ type: 'bind', to: left })
      }),
      action('leave', { who: each('left', 'right') }, ({ who }) => {
        if (who.context.to === null) return blocked()
        who.send({ type: 'part' })
      }),
    ],
    properties: [
      cover('mutual', {
        says: 'All can name one another in pairs.',
        holds: ({ left }) =>
          left.every((l) => l.context.to !== null && l.context.to.context.to === l),
      }),
    ],
  })
