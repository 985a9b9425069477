import type { Cover, StepArgs, StepProperty } from '../property.ts'
import type { System } from '../system.ts'
import type { Instance } from './instances.ts'
import { argumentsOf, type Runner } from './runner.ts'
import type { Walker } from './walker.ts'

/** Only truth values have an opposite; others are told of as they are. */
const not = (value: unknown) => (typeof value === 'boolean' ? !value : value) as boolean

type CallProperty = (StepProperty<never> | Cover<never>) & {
  readonly judge: (call: StepArgs<never, never>) => boolean
  seen: boolean
  /** Whether any call that took place is one that it speaks of. */
  heard: boolean
}

/** What there is of properties for the calls of a variant that end in one way. */
interface Filed {
  readonly open: Open[]
  heard: boolean
}

interface Open {
  readonly property: CallProperty
  readonly cell: number
}

/**
 * Properties of calls. Each has a tree for every variant and ending, so that most come to nothing
 * at their root.
 */
export class Calls {
  readonly #walker: Walker
  readonly #runner: Runner
  readonly #properties: CallProperty[]
  /** Whether calls that change something may still be ruled out. */
  readonly #assumes: boolean
  /**
   * By variant, then by ending: the properties that can still fail (or be reached), with their
   * trees.
   */
  readonly #filed: Filed[][] = []
  /** Lists of properties that calls of some ending are shown to; the first is none. */
  readonly #lists: { readonly ending: number; readonly open: Open[] }[] = [{ ending: 0, open: [] }]
  readonly #listIds = new Map<string, number>()
  readonly #report: (property: string, instance: Instance) => void

  constructor(
    system: System,
    walker: Walker,
    runner: Runner,
    report: (property: string, instance: Instance) => void,
  ) {
    this.#walker = walker
    this.#runner = runner
    this.#report = report
    this.#assumes = system.properties.some((p) => p.kind === 'assume')
    this.#properties = system.properties.flatMap((p): CallProperty[] =>
      p.kind === 'step'
        ? [{ ...p, judge: p.holds, seen: false, heard: false }]
        : p.kind === 'cover' && p.happens !== undefined
          ? [
              {
                ...p,
                judge: (call) => not((p.happens as (call: never) => unknown)(call as never)),
                seen: false,
                heard: false,
              },
            ]
          : [],
    )
  }

  /**
   * The properties that have to look at the call that has just been done, its result at hand,
   * whenever it is done: not those that hold and have read nothing but what the call itself has
   * read, which says all. The number of a list; 0 for none.
   */
  undecided(instance: Instance, ending: number, reads: Int32Array, readCount: number): number {
    if (!this.#assumes || !this.#walker.hasChanged()) this.hear(instance, ending)
    const { open } = this.#of(instance, ending)
    const walker = this.#walker
    const own = reads.subarray(0, readCount)
    const list = open.filter(({ property, cell }) => {
      if (property.seen) return false
      walker.startReading()
      return (
        !this.#holds(property, cell, instance, ending) ||
        !walker.reads.subarray(0, walker.readCount).every((c) => own.includes(c))
      )
    })
    if (list.length === 0) return 0
    const key = list.map(({ cell }) => cell).join()
    let id = this.#listIds.get(key)
    if (id === undefined)
      this.#listIds.set(key, (id = this.#lists.push({ ending, open: list }) - 1))
    return id
  }

  /**
   * Shows the call that has just been done, its result at hand, to a list. Returns whether any of
   * it wants to see more.
   */
  look(instance: Instance, list: number): boolean {
    const { ending, open } = this.#lists[list]
    const { links } = this.#walker.program
    for (let i = 0; i < open.length; i++) {
      const { property, cell } = open[i]
      if (links[cell] === ~1 || property.seen) {
        open.splice(i--, 1)
        continue
      }
      if (this.#holds(property, cell, instance, ending)) continue
      property.seen = true
      this.#report(property.id, instance)
    }
    return open.length > 0
  }

  /** A call took place: the properties that speak of such have something to hold of. */
  hear(instance: Instance, ending: number): void {
    const filed = this.#of(instance, ending)
    if (filed.heard) return
    filed.heard = true
    for (const { property } of filed.open) property.heard = true
  }

  /** The properties of calls that must hold, and that no call was one for. */
  unheard(): readonly string[] {
    return this.#properties.filter((p) => p.kind === 'step' && !p.heard).map((p) => p.id)
  }

  #of(instance: Instance, ending: number): Filed {
    return this.#filed[instance.variant.index]?.[ending] ?? this.#file(instance, ending)
  }

  #file({ variant }: Instance, ending: number): Filed {
    const { outcome } = this.#runner.endings[ending]
    const open = this.#properties
      .filter(
        (p) =>
          !p.seen &&
          (p.on === undefined || p.on.includes(variant.operation.action)) &&
          (p.outcome === undefined || p.outcome === outcome),
      )
      .map((property) => ({ property, cell: this.#walker.program.cell() }))
    return ((this.#filed[variant.index] ??= [])[ending] = { open, heard: false })
  }

  #holds(property: CallProperty, cell: number, instance: Instance, ending: number): boolean {
    const outcome = this.#runner.endings[ending].outcome
    return this.#runner.predicate(
      cell,
      property.id,
      () => this.#runner.load(instance),
      (recorder) =>
        property.judge({
          action: instance.operation.name,
          args: argumentsOf(this.#walker, recorder, instance, 'past') as never,
          outcome,
          before: recorder.view('past') as never,
          after: recorder.view('now') as never,
          get changed() {
            return recorder.changed()
          },
        }),
    )
  }
}
