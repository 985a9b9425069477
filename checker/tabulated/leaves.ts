import type { Layout } from './layout.ts'
import type { Runner } from './runner.ts'

/** What a call comes to, as the hot loop needs to know it. */
export const effects = { commits: 0, stays: 1, refused: 2, broken: 3 } as const

/**
 * How the hot loop treats a leaf: a plain new state; something to be considered; a plain success
 * without change, or refusal, to be counted.
 */
export const treatments = { plain: 0, considered: 1, counted: 2 } as const

/**
 * A leaf: this header, then word and exclusive or of each packed word that the call changes (two
 * integers for each write are kept for that), then component, former and new local state of each
 * write.
 */
export const leafOf = {
  /** One of {@link treatments}. */
  treatment: 0,
  words: 1,
  writes: 2,
  ending: 3,
  /** One of {@link effects}. */
  effect: 4,
  /** The list of properties of calls that want to see it, 0 for none. */
  looks: 5,
  /** Whether properties of states have to be looked at again after it: 0 not known, 1 no, 2 yes. */
  watched: 6,
  header: 7,
} as const
const writeSize = 5

/** A component with its local states before and after. */
export type Write = readonly [component: number, former: number, local: number]

/** How many leaves that are not kept are good at a time; more than are looked up together. */
const passing = 512

/** The results of calls, encoded for the hot loop. */
export class Leaves {
  data: Int32Array<ArrayBuffer>
  #layout: Layout
  readonly #runner: Runner
  readonly #wholeStates: boolean
  readonly #widen: () => void
  readonly #first: number
  readonly #passingSize: number
  #size: number
  #passing = 0

  /**
   * @param wholeStates - whether every new state has to be considered as a whole (symmetry,
   * assumptions)
   * @param widen - asks for a packing in which all local states fit
   */
  constructor(runner: Runner, layout: Layout, wholeStates: boolean, widen: () => void) {
    this.#runner = runner
    this.#layout = layout
    this.#wholeStates = wholeStates
    this.#widen = widen
    this.#passingSize = leafOf.header + writeSize * runner.walker.system.components
    this.#first = 1 + passing * this.#passingSize
    this.#size = this.#first
    this.data = new Int32Array(this.#size + (1 << 12))
  }

  /**
   * Encodes what a call came to; `looks`: which properties of calls want to see it. Kept for good,
   * or until some more have come that are not kept.
   */
  make(ending: number, writes: readonly Write[], looks: number, kept: boolean): number {
    if (writes.some(([c, , local]) => local > this.#layout.mask[c] >>> 0)) this.#widen()
    const end = this.#runner.endings[ending]
    const effect =
      end.broken !== null
        ? effects.broken
        : writes.length > 0
          ? effects.commits
          : end.ok
            ? effects.stays
            : effects.refused
    const at = kept
      ? this.#take(leafOf.header + writeSize * writes.length)
      : 1 + (this.#passing++ % passing) * this.#passingSize
    this.data.set(
      [this.#treatment(effect, looks > 0), 0, writes.length, ending, effect, looks, 0],
      at,
    )
    let w = at + leafOf.header + 2 * writes.length
    for (const [c, from, to] of writes) {
      this.data[w++] = c
      this.data[w++] = from
      this.data[w++] = to
    }
    this.#encode(at)
    return at
  }

  /**
   * Encodes the writes of all leaves for another packing. Those that are not kept must not be in
   * use.
   */
  relayout(layout: Layout): void {
    this.#layout = layout
    this.#each((at) => this.#encode(at))
  }

  /** Whether a leaf is a refusal that is to be counted and nothing else. */
  isPlainRefusal(leaf: number): boolean {
    return (
      this.data[leaf] === treatments.counted && this.data[leaf + leafOf.effect] === effects.refused
    )
  }

  /** Properties of calls have seen enough of this leaf. */
  lookedAt(leaf: number): void {
    this.data[leaf + leafOf.looks] = 0
    this.data[leaf] = this.#treatment(this.data[leaf + leafOf.effect], false)
  }

  /** What properties of states read has changed: no leaf is known to leave them alone. */
  unwatch(): void {
    this.#each((at) => (this.data[at + leafOf.watched] = 0))
    for (let i = 0; i < passing; i++) this.data[1 + i * this.#passingSize + leafOf.watched] = 0
  }

  #each(visit: (at: number) => void): void {
    for (
      let at = this.#first;
      at < this.#size;
      at += leafOf.header + writeSize * this.data[at + leafOf.writes]
    )
      visit(at)
  }

  #treatment(effect: number, looks: boolean): number {
    if (looks || effect === effects.broken || (effect === effects.commits && this.#wholeStates))
      return treatments.considered
    return effect === effects.commits ? treatments.plain : treatments.counted
  }

  /** Writes the changed words of a leaf. */
  #encode(at: number): void {
    const { word, shift } = this.#layout
    const { data } = this
    const writes = data[at + leafOf.writes]
    const words = at + leafOf.header
    let end = words
    for (let w = words + 2 * writes; w < words + 5 * writes; w += 3) {
      const c = data[w]
      let place = words
      while (place < end && data[place] !== word[c]) place += 2
      if (place === end) {
        data[place] = word[c]
        data[place + 1] = 0
        end += 2
      }
      data[place + 1] ^= (data[w + 1] ^ data[w + 2]) << shift[c]
    }
    data[at + leafOf.words] = (end - words) / 2
  }

  #take(count: number): number {
    const at = this.#size
    this.#size += count
    if (this.#size > this.data.length) {
      const bigger = new Int32Array(Math.max(this.#size, this.data.length * 2))
      bigger.set(this.data)
      this.data = bigger
    }
    return at
  }
}
