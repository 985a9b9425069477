import { CheckerError } from '../errors.ts'
import { assertSynchronous, failParam } from '../operation.ts'
import type { Constant } from '../params.ts'
import type { Call } from '../reference/engine.ts'
import { brokenOutcomes, Refused, type Broken } from '../refused.ts'
import { omissionText } from '../system.ts'
import { thrownBy } from '../thrown-by.ts'
import type { Instance } from './instances.ts'
import { LaterStates } from './later.ts'
import { Recorder } from './recorder.ts'
import { miss, type Walker } from './walker.ts'

/**
 * How a call can end: the leaves of action trees are numbers of these. The first is "not enabled".
 */
export interface Ending {
  readonly outcome: string
  /** Whether the call succeeded (or is under way), so that it counts though it changed nothing. */
  readonly ok: boolean
  /** What is wrong, where the call broke a built-in property. */
  readonly broken: { readonly property: Broken; readonly what: string } | null
}
export const blockedEnding = 0

/**
 * Runs user code where a tree has no leaf yet, twice, and keeps an example of each leaf to run once
 * more at the end.
 */
export class Runner {
  readonly walker: Walker
  /** Told of a call that takes locks in the opposite order of others. */
  onOpposite: (instance: Instance) => void = () => undefined
  readonly endings: Ending[] = [{ outcome: 'blocked', ok: false, broken: null }]
  /** The trees of predicates that have looked at the state of a component. */
  readonly looking = new Set<number>()
  /** The events left out of calls that took place, as texts. */
  readonly omitted = new Set<string>()
  readonly #outcomes = new Map<string, Set<string>>()
  readonly #endingIds = new Map<string, number>()
  readonly #examples: (() => void)[] = []
  readonly #later = new LaterStates()

  constructor(walker: Walker) {
    this.walker = walker
  }

  /** How operations ended, sorted. */
  outcomes(): ReadonlyMap<string, string[]> {
    return new Map([...this.#outcomes].map(([operation, set]) => [operation, [...set].sort()]))
  }

  load(instance: Instance): void {
    this.walker.registers.set(instance.registers)
  }

  /**
   * Runs an instance's user code on the state at hand; afterwards its tree has a leaf for this
   * state.
   */
  call(instance: Instance): void {
    if (!this.#recorded(instance, false)) return
    const again = () => this.#recorded(instance, true)
    again()
    this.#keep(instance.operation.name, again)
  }

  /**
   * Makes a call on the state at hand, which is left as the call leaves it; says how it ended. User
   * code is run where the tree ends.
   */
  follow(instance: Instance): number {
    this.load(instance)
    this.walker.quantified = false
    const ending = this.walker.walk(instance.variant.cell)
    if (ending !== miss) {
      this.cameAgain(instance)
      return ending
    }
    this.call(instance)
    return this.walker.walk(instance.variant.cell)
  }

  /** Notes that a call, the last walk, was known on the state before it. */
  cameAgain(instance: Instance): void {
    this.#later.visit(this.walker.leafLink, this.walker.quantified, () =>
      this.#example(instance.operation.name, this.walker.before, () =>
        this.#recorded(instance, true),
      ),
    )
  }

  /** Walks a predicate's tree, growing it where needed. `prepare` puts arguments into registers. */
  predicate(
    cell: number,
    name: string,
    prepare: () => void,
    run: (recorder: Recorder) => unknown,
  ): boolean {
    prepare()
    this.walker.quantified = false
    let value = this.walker.walk(cell)
    const record = (again: boolean) => {
      prepare()
      const mark = this.walker.writes
      const grown = this.#run(
        cell,
        'property',
        () => name,
        again,
        (recorder) => {
          const result = run(recorder)
          if (recorder.looked) this.looking.add(cell)
          assertSynchronous(result, `${name}; properties are synchronous`)
          if (typeof result !== 'boolean')
            throw new CheckerError(
              'CHK012',
              `${name} returned ${typeof result}; a property returns a boolean`,
            )
          return result ? 1 : 0
        },
      )
      this.walker.rollback(mark)
      return grown
    }
    if (value !== miss)
      this.#later.visit(this.walker.leafLink, this.walker.quantified, () =>
        this.#example(name, this.walker.now, () => record(true)),
      )
    else {
      if (record(false)) {
        record(true)
        this.#keep(name, () => record(true))
      }
      prepare()
      value = this.walker.walk(cell)
    }
    return value === 1
  }

  /**
   * Every leaf once more, the last one first, and in states that came to it later: what depends on
   * earlier runs, or on looks that the trees have not been told of, is found.
   */
  verify(): void {
    for (const again of this.#examples.reverse()) again()
    this.#examples.length = 0
    for (const again of this.#later.all) again()
  }

  #keep(name: string, again: () => boolean): void {
    this.#examples.push(this.#example(name, this.walker.now, again))
  }

  /** Runs user code again on a state as it is at hand: `now`, and the one before the call. */
  #example(name: string, now: Int32Array, again: () => boolean): () => void {
    const { walker } = this
    const kept = { now: now.slice(), before: walker.before.slice() }
    return () => {
      const { before } = kept
      walker.now.set(kept.now)
      walker.before.set(before)
      walker.writes = 0
      for (let c = 0; c < before.length; c++)
        if (walker.now[c] !== before[c]) {
          walker.written[walker.writes] = c
          walker.former[walker.writes++] = before[c]
        }
      if (!again()) return
      throw new CheckerError(
        'CHK006',
        `${name} looked at other things when it was run again; it must depend on its arguments and the view alone`,
      )
    }
  }

  #recorded(instance: Instance, again: boolean): boolean {
    this.walker.rollback(0)
    this.load(instance)
    const { operation, variant } = instance
    const grown = this.#run(
      variant.cell,
      instance,
      () => operation.name,
      again,
      (recorder) => {
        const args = argumentsOf(this.walker, recorder, instance)
        try {
          const ended = operation.run(args, recorder.view(), recorder.ids())
          if (ended === null) return blockedEnding
          if (!again && this.walker.system.lockOrder.opposite !== null) this.onOpposite(instance)
          for (const left of recorder.omitted)
            this.omitted.add(omissionText({ action: operation.action.name, ...left }))
          this.#outcomes.set(
            operation.name,
            (this.#outcomes.get(operation.name) ?? new Set()).add(ended),
          )
          return this.#ending({
            outcome: ended,
            ok: ended === 'ok' || ended === 'step',
            broken: null,
          })
        } catch (error) {
          if (error instanceof Refused && error.breaks !== null) {
            error.taken = true
            const { breaks: property, code: what } = error
            const outcome = brokenOutcomes[property]
            return this.#ending({ outcome, ok: false, broken: { property, what } })
          }
          throw error
        }
      },
    )
    this.walker.rollback(0)
    this.walker.registers.set(instance.registers)
    return grown
  }

  /** `again`: what is known already is run all the same, to see that it comes to the same. */
  #run(
    cell: number,
    within: Instance | 'property',
    where: () => string,
    again: boolean,
    run: (recorder: Recorder) => number,
  ): boolean {
    const { system } = this.walker
    const recorder =
      within === 'property'
        ? new Recorder(this.walker, cell, 'property', where, again)
        : new Recorder(this.walker, cell, 'action', where, again, (kind, event) =>
            system.omits(within.operation, kind, event),
          )
    this.walker.modelCalls++
    try {
      const value = run(recorder)
      if (recorder.pending !== null && !recorder.pending.taken)
        throw new CheckerError(
          'CHK005',
          `${where()} caught the refusal '${recorder.pending.code}' and went on; use try() to be told of a refusal`,
        )
      return this.walker.program.finish(recorder.cursor, value, where)
    } catch (error) {
      throw thrownBy(where(), error)
    } finally {
      recorder.revoke()
    }
  }

  #ending(ending: Ending): number {
    const key = `${ending.outcome}|${ending.broken?.what ?? ''}`
    let id = this.#endingIds.get(key)
    if (id === undefined) this.#endingIds.set(key, (id = this.endings.push(ending) - 1))
    return id
  }
}

/** The call that an instance stands for, by names. */
export function callOf(walker: Walker, { operation, values }: Instance): Call {
  const text = (value: Instance['values'][number]): Constant =>
    typeof value === 'object' && value !== null ? walker.tables.entities.text(value.entity) : value
  return {
    operation,
    args: Object.fromEntries(operation.params.map(({ name }, i) => [name, text(values[i])])),
  }
}

/** The arguments of an instance as user code sees them. */
export function argumentsOf(
  walker: Walker,
  recorder: Recorder,
  instance: Instance,
  time: 'now' | 'past' = 'now',
): Record<string, unknown> {
  return Object.fromEntries(
    instance.operation.params.flatMap(({ name, param }, i): [string, unknown][] => {
      const value = instance.values[i]
      if (name === failParam && 'oneOf' in param)
        return time === 'now'
          ? [[name, recorder.choice(instance.entities.length, instance.operation.action.fails)]]
          : []
      if (typeof value !== 'object' || value === null) return [[name, value]]
      return [
        [
          name,
          recorder.given(
            walker.tables.entities.kindOf[value.entity],
            instance.entities.indexOf(value.entity),
            time,
          ),
        ],
      ]
    }),
  )
}
