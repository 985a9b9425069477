import type { Configuration, System, Taken, TraceStep, ObjectIds } from '../../checker/index.ts'
import { heard, perform } from '../../checker/inspect.ts'

/** What a call does beside changing the state. */
export interface Effect {
  /** Tells an overlay of ids which are taken and given back. */
  readonly ids: (to: ObjectIds) => void
  /** The objects that take an id, in order, those included that give it back. */
  readonly takes: readonly string[]
  /** The transitions that its sends took, or were refused by, in order. */
  readonly taken: readonly Taken[]
}

/** The call through plain XState, for what tables do not keep. */
export function effectOf(
  system: System,
  before: Configuration,
  { action, args }: Pick<TraceStep, 'action' | 'args'>,
) {
  const operation = system.operations.find((op) => op.name === action)
  if (operation === undefined) throw new RangeError(`${action} is no action of this system`)
  const { record, apply } = heard()
  const takes: string[] = []
  const take = (name: string) => {
    takes.push(name)
    record.take(name)
  }
  const done = perform(system, before, { operation, args }, { ...record, take })
  return done.kind === 'done'
    ? {
        outcome: done.outcome,
        next: done.next,
        effect: { ids: apply, takes, taken: done.taken } satisfies Effect,
      }
    : null
}

/**
 * Effects of calls by what they depend on: the call, the objects that it names, its outcome and
 * what it changes. Each is computed once, by plain XState.
 */
export class Effects {
  readonly #system: System
  readonly #locals = new Map<object, number>()
  readonly #known = new Map<string, Effect>()

  constructor(system: System) {
    this.#system = system
  }

  /** How many different ones there are so far. */
  get size(): number {
    return this.#known.size
  }

  /** The effect of a call that led from one configuration to another, of one {@link StateGraph}. */
  of(step: TraceStep, before: Configuration, after: Configuration): Effect {
    const { action, args, outcome } = step
    let key = `${action}\n${outcome}`
    for (const name in args) {
      const value = String(args[name])
      const local = before.get(value)
      key += `\n${value} ${local === undefined ? '' : this.#number(local)}`
    }
    if (after !== before)
      for (const [name, local] of before) {
        const next = after.get(name) as object
        if (next !== local) key += `\n${name} ${this.#number(local)} ${this.#number(next)}`
      }
    let effect = this.#known.get(key)
    if (effect === undefined) {
      const found = effectOf(this.#system, before, step)
      if (found === null || found.outcome !== outcome)
        throw new RangeError(`${action}: plain XState gives ${found?.outcome}, tables ${outcome}`)
      this.#known.set(key, (effect = found.effect))
    }
    return effect
  }

  #number(local: object): number {
    let number = this.#locals.get(local)
    if (number === undefined) this.#locals.set(local, (number = this.#locals.size))
    return number
  }
}
