import { CheckerError } from '../errors.ts'
import { failParam } from '../operation.ts'
import type { Constant, Ids } from '../params.ts'
import type { Call } from '../reference/engine.ts'
import { Refused } from '../refused.ts'
import type { Instance } from './instances.ts'
import { Recorder } from './recorder.ts'
import { miss, type Walker } from './walker.ts'

/**
 * How a call can end: the leaves of action trees are numbers of these. The first is "not enabled".
 */
export interface Ending {
  readonly outcome: string
  /** Whether the call succeeded (or is under way), so that it counts though it changed nothing. */
  readonly ok: boolean
  /** What was not accepted, where the call broke `accepted`. */
  readonly unaccepted: string | null
}
export const blockedEnding = 0

const noIds: Ids<never> = {
  take: () => undefined,
  give: () => undefined,
  tombstone: () => undefined,
  close: () => undefined,
}

/**
 * Runs user code where a tree has no leaf yet, twice, and keeps an example of each leaf to run once
 * more at the end.
 */
export class Runner {
  readonly walker: Walker
  readonly endings: Ending[] = [{ outcome: 'blocked', ok: false, unaccepted: null }]
  readonly #outcomes = new Map<string, Set<string>>()
  readonly #endingIds = new Map<string, number>()
  readonly #examples: {
    readonly now: Int32Array
    readonly before: Int32Array
    readonly again: () => boolean
    readonly name: string
  }[] = []

  constructor(walker: Walker) {
    this.walker = walker
  }

  /** Which operations ended how, sorted. */
  outcomes(): { readonly operation: string; readonly outcome: string }[] {
    return [...this.#outcomes].flatMap(([operation, set]) =>
      [...set].sort().map((outcome) => ({ operation, outcome })),
    )
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
    const ending = this.walker.walk(instance.variant.cell)
    if (ending !== miss) return ending
    this.call(instance)
    return this.walker.walk(instance.variant.cell)
  }

  /** Walks a predicate's tree, growing it where needed. `prepare` puts arguments into registers. */
  predicate(
    cell: number,
    name: string,
    prepare: () => void,
    run: (recorder: Recorder) => unknown,
  ): boolean {
    prepare()
    let value = this.walker.walk(cell)
    if (value === miss) {
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
            if (result instanceof Promise)
              throw new CheckerError('CHK007', `${name}; properties are synchronous`)
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
      if (record(false)) {
        record(true)
        this.#keep(name, () => record(true))
      }
      prepare()
      value = this.walker.walk(cell)
    }
    return value === 1
  }

  /** Every leaf once more, the last one first: what depends on earlier runs is found. */
  verify(): void {
    const { walker } = this
    for (const { now, before, again, name } of this.#examples.reverse()) {
      walker.now.set(now)
      walker.before.set(before)
      walker.writes = 0
      for (let c = 0; c < now.length; c++)
        if (now[c] !== before[c]) {
          walker.written[walker.writes] = c
          walker.former[walker.writes++] = before[c]
        }
      if (again())
        throw new CheckerError(
          'CHK006',
          `${name} looked at other things when it was run again; it must depend on its arguments and the view alone`,
        )
    }
    this.#examples.length = 0
  }

  #keep(name: string, again: () => boolean): void {
    const { now, before } = this.walker
    this.#examples.push({ now: now.slice(), before: before.slice(), again, name })
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
          const ended = operation.run(args, recorder.view(), noIds)
          if (ended === null) return blockedEnding
          this.#outcomes.set(
            operation.name,
            (this.#outcomes.get(operation.name) ?? new Set()).add(ended),
          )
          return this.#ending({
            outcome: ended,
            ok: ended === 'ok' || ended === 'step',
            unaccepted: null,
          })
        } catch (error) {
          if (error instanceof Refused && error.reason === 'unaccepted') {
            error.taken = true
            return this.#ending({ outcome: 'unaccepted', ok: false, unaccepted: error.code })
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
      if (error instanceof CheckerError) throw error
      throw new CheckerError(
        'CHK014',
        `${where()}: ${error instanceof Error ? error.message : String(error)}`,
      )
    } finally {
      recorder.revoke()
    }
  }

  #ending(ending: Ending): number {
    const key = `${ending.outcome}|${ending.unaccepted ?? ''}`
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
          ? [[name, recorder.choice(instance.entities.length, param.oneOf)]]
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
