import { assign, setup } from 'xstate'
import type { Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

interface ProcessContext {
  readonly level: number
  readonly at: Ref<'level'> | null
}

const process = setup({
  types: {
    context: {} as ProcessContext,
    events: {} as
      | { type: 'announce'; level: number; at: Ref<'level'> }
      | { type: 'yield' | 'pass' | 'enter' | 'leave' },
  },
}).createMachine({
  id: 'process',
  initial: 'ready',
  context: { level: 0, at: null },
  states: {
    ready: {
      on: {
        announce: {
          target: 'announced',
          actions: assign({ level: ({ event }) => event.level, at: ({ event }) => event.at }),
          description: 'writes the level that it wants to reach',
        },
      },
    },
    announced: {
      on: { yield: { target: 'waiting', description: 'lets all others at its level go first' } },
    },
    waiting: {
      on: {
        pass: { target: 'ready', description: 'goes on to the next level' },
        enter: { target: 'critical', description: 'enters the critical section' },
      },
    },
    critical: {
      on: {
        leave: {
          target: 'ready',
          actions: assign({ level: 0, at: null }),
          description: 'leaves the critical section',
        },
      },
    },
  },
})

interface LevelContext {
  readonly height: number
  readonly next: Ref<'level'> | null
  readonly last: Ref<'process'> | null
}

const level = setup({
  types: {
    context: {} as LevelContext,
    input: {} as { height: number; next: Ref<'level'> | null },
    events: {} as { type: 'arrive'; who: Ref<'process'> },
  },
}).createMachine({
  id: 'level',
  context: ({ input }) => ({ ...input, last: null }),
  on: {
    arrive: {
      actions: assign({ last: ({ event }) => event.who }),
      description: 'somebody is the last to have come',
    },
  },
})

interface Kinds {
  readonly process: typeof process
  readonly level: typeof level
}
const { action, each, always, cover, blocked } = model<Kinds>()
const who = each('process')

const actions = [
  action('announce', { who, at: each('level') }, ({ who, at }) => {
    const next =
      who.context.at === null ? at.context.height === 1 : who.context.at.context.next === at
    if (!who.in('ready') || !next) return blocked()
    who.send({ type: 'announce', level: at.context.height, at })
  }),
  action('yield', { who }, ({ who }) => {
    if (!who.in('announced') || who.context.at === null) return blocked()
    who.context.at.send({ type: 'arrive', who })
    who.send({ type: 'yield' })
  }),
  action('pass', { who }, ({ who }, { process }) => {
    const { at, level } = who.context
    if (!who.in('waiting') || at === null) return blocked()
    if (
      at.context.last === who &&
      process.some((other) => other !== who && other.context.level >= level)
    )
      return blocked()
    who.send(at.context.next === null ? { type: 'enter' } : { type: 'pass' })
  }),
  action('leave', { who }, ({ who }) => {
    if (!who.in('critical')) return blocked()
    who.send({ type: 'leave' })
  }),
]

/**
 * Peterson's mutual exclusion for `n` processes (the filter lock): n - 1 levels, of which each
 * keeps one process back. Writing one's level, writing one's name at that level, and looking at all
 * the others are one transition each.
 */
export const peterson = (n: number): System =>
  system<Kinds>({
    kinds: {
      process: { machine: process, count: n, symmetric: true },
      level: {
        machine: level,
        count: n - 1,
        input: (i, ref) => ({ height: i + 1, next: i + 2 < n ? ref('level', i + 1) : null }),
      },
    },
    actions,
    properties: [
      always('mutual-exclusion', {
        says: 'At most one process is in its critical section.',
        source: ['G. L. Peterson, Myths about the mutual exclusion problem, 1981'],
        holds: ({ process }) => process.count((p) => p.in('critical')) <= 1,
      }),
      cover('entered', {
        says: 'Some process enters its critical section.',
        holds: ({ process }) => process.some((p) => p.in('critical')),
      }),
    ],
    deadlock: { terminal: () => false },
  })
