import { assign, createMachine, type AnyStateMachine } from 'xstate'

/**
 * A copy of a machine in which one transition is another, as a proposal or a mutation has it. The
 * machine keeps its type, as its states, events and context are the same.
 */
export function withTransition<M extends AnyStateMachine>(
  machine: M,
  state: string,
  event: string,
  transition: object,
): M {
  const { config, implementations } = machine
  const states = config.states as Record<string, { on?: Record<string, unknown> }>
  const edited = {
    ...config,
    states: {
      ...states,
      [state]: { ...states[state], on: { ...states[state].on, [event]: transition } },
    },
  }
  return createMachine(edited as never, implementations as never) as unknown as M
}

/** The action that turns a field over: a flag that ought to stay is lost the second time. */
export const toggled = (field: string) =>
  assign(({ context }: { context: Record<string, unknown> }) => ({ [field]: !context[field] }))
