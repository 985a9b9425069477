import { assign, setup } from 'xstate'
import type { Json } from './json.ts'

/** What the points of failure that a call has asked for so far have answered, sorted. */
export interface Asked {
  readonly failed: readonly string[]
  readonly passed: readonly string[]
}

/** The context of a caller: where it stands in which path, with which arguments and locals. */
export interface CallerContext {
  readonly at: string | null
  readonly args: { readonly [name: string]: Json } | null
  readonly locals: { readonly [name: string]: Json } | null
  /** Null where nothing can fail. */
  readonly asked: Asked | null
  /** The locks that it holds, in the order in which it took them. */
  readonly held: readonly { readonly name: string; readonly lock: Json }[]
}

/** What the steps of a path send to the caller that runs it. */
export type CallerEvent =
  | {
      type: 'advance'
      at: string
      args: CallerContext['args']
      locals: CallerContext['locals']
      asked: Asked | null
      held: CallerContext['held']
    }
  | { type: 'finish' }

/** The kind under which callers stand in a view. */
export const callerKind = 'caller'

/** A thread that runs a path step by step; idle between calls. */
export const caller = setup({
  types: { context: {} as CallerContext, events: {} as CallerEvent },
}).createMachine({
  id: callerKind,
  initial: 'idle',
  context: { at: null, args: null, locals: null, asked: null, held: [] },
  states: {
    idle: {
      on: {
        advance: {
          target: 'running',
          actions: assign({
            at: ({ event }) => event.at,
            args: ({ event }) => event.args,
            locals: ({ event }) => event.locals,
            asked: ({ event }) => event.asked,
            held: ({ event }) => event.held,
          }),
          description: 'enters a path and stops before its second step',
        },
      },
    },
    running: {
      on: {
        advance: {
          actions: assign({
            at: ({ event }) => event.at,
            args: ({ event }) => event.args,
            locals: ({ event }) => event.locals,
            asked: ({ event }) => event.asked,
            held: ({ event }) => event.held,
          }),
          description: 'goes on to another step',
        },
        finish: {
          target: 'idle',
          actions: assign({ at: null, args: null, locals: null, asked: null, held: [] }),
          description: 'returns from the call',
        },
      },
    },
  },
})
