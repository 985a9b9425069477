import { createMachine, enqueueActions, type AnyStateMachine } from 'xstate'
import type { Action } from '../action.ts'
import { check } from '../check.ts'
import { CheckerError } from '../errors.ts'
import { model } from '../model.ts'
import type { Property } from '../property.ts'
import { system, type Scope, type System } from '../system.ts'

/** What the checker threw, from the making of the system to the end of the search. */
export async function refusal(
  make: () => System,
): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await check(make())
  } catch (error) {
    if (error instanceof CheckerError) return { code: error.code, message: error.message }
    throw error
  }
  return { code: 'none', message: 'nothing was refused' }
}

/**
 * The vocabulary of fixtures, whose kinds are not known to the compiler: they do what it would not
 * let them.
 */
export const loose = model<never>()

/** A body or predicate whose arguments are not typed. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = (...args: any[]) => unknown

/** A machine of any config. */
export const machineOf = (config: object): AnyStateMachine =>
  createMachine({ id: 'thing', ...config } as never) as unknown as AnyStateMachine

/** One that takes `go` in its only state, with actions. */
export const going = (actions: unknown, context: object = {}): AnyStateMachine =>
  machineOf({ initial: 'here', context, states: { here: { on: { go: { actions } } } } })

/** Sends `go` to each thing there is. */
export const go = (): Action =>
  loose.action('send-go', { thing: loose.each('thing' as never) }, (({
    thing,
  }: {
    thing: { send(e: object): void }
  }) => thing.send({ type: 'go' })) as never)

/** An action called `act` on each thing. */
export const act = (run: Loose): Action =>
  loose.action('act', { thing: loose.each('thing' as never) }, run as never)

/** A system of two things, with what the fixture adds. */
export const things = (
  machine: AnyStateMachine,
  actions: readonly Action[],
  more: object = {},
  properties: readonly Property<never>[] = [],
): System =>
  system<never>({
    kinds: { thing: { machine, count: 2 } } as never,
    actions,
    properties,
    ...more,
  } as Scope<never>)

/** Two things that take `go`, `come`, `hold` with a reference, and count to two. */
export const plain = (): AnyStateMachine =>
  machineOf({
    initial: 'here',
    context: { n: 0, to: null },
    states: {
      here: { on: { go: { target: 'there' }, stop: { meta: { refuse: 'EBUSY' } } } },
      there: { on: { come: { target: 'here' } } },
    },
  })

/** A system of two plain things and one action. */
export const acting = (run: Loose): System => things(plain(), [act(run)])

/** A system of two plain things that come and go, and one property of states. */
export const judging = (holds: Loose): System =>
  things(plain(), [go()], {}, [
    loose.always('the-property', { says: 'What the fixture says.', holds: holds as never }),
  ])

/** A system of two things that do at `go` what is enqueued. */
export const enqueuing = (collect: (enqueue: Enqueue) => unknown): System =>
  things(going(enqueueActions(({ enqueue }) => void collect(enqueue as unknown as Enqueue))), [
    go(),
  ])
type Enqueue = Loose & Record<'emit' | 'raise' | 'sendTo' | 'spawnChild', Loose>
