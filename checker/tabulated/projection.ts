import type { Aspect } from '../aspect.ts'
import { mapStrings, stableText, type Json } from '../json.ts'
import type { Local } from '../machine.ts'
import type { Kind } from '../system.ts'
import { movable } from './renaming.ts'
import type { Walker } from './walker.ts'

/** Classes of states in which some aspects are alike, numbered as they are met. */
export class Projection {
  /** For each class and aspect: a text for each component. */
  readonly classes: (readonly string[])[][] = []
  readonly #walker: Walker
  readonly #aspects: readonly Aspect[]
  readonly #kinds: readonly Kind[]
  readonly #anonymous: boolean
  /** For each aspect: the number of the text of each local state. */
  readonly #labels: number[][]
  readonly #texts: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #known = new Map<string, number>()

  /**
   * @param anonymous - whether references to components that can stand for one another lose their
   * numbers
   */
  constructor(
    walker: Walker,
    aspects: readonly Aspect[],
    kinds: readonly Kind[],
    anonymous: boolean,
  ) {
    this.#walker = walker
    this.#aspects = aspects
    this.#kinds = kinds
    this.#anonymous = anonymous
    this.#labels = aspects.map(() => [])
  }

  /** The class of a state. */
  of(locals: Int32Array): number {
    const parts = this.#aspects.map(({ instance }, a) => {
      const { base, count } = this.#kinds[a]
      if (instance !== null) return [this.#label(a, locals[base + instance])]
      return Array.from({ length: count }, (_, i) => this.#label(a, locals[base + i])).sort(
        (x, y) => x - y,
      )
    })
    const key = parts.join(';')
    let known = this.#known.get(key)
    if (known === undefined) {
      known =
        this.classes.push(parts.map((labels) => labels.map((label) => this.#texts[label]))) - 1
      this.#known.set(key, known)
    }
    return known
  }

  /** The class after a call, whose writes are at hand; `before` is the class before it. */
  after(before: number): number {
    const { written, writes, now, before: was } = this.#walker
    for (let i = 0; i < writes; i++)
      for (let a = 0; a < this.#kinds.length; a++) {
        const { base, count } = this.#kinds[a]
        const c = written[i]
        if (c >= base && c < base + count && this.#label(a, now[c]) !== this.#label(a, was[c]))
          return this.of(now)
      }
    return before
  }

  #label(aspect: number, local: number): number {
    const labels = this.#labels[aspect]
    if (labels[local] !== undefined) return labels[local]
    const text = this.#text(
      this.#aspects[aspect].field,
      this.#walker.tables.locals[this.#kinds[aspect].index].contents[local],
    )
    let number = this.#numbers.get(text)
    if (number === undefined) this.#numbers.set(text, (number = this.#texts.push(text) - 1))
    return (labels[local] = number)
  }

  #text(field: string | null, { value, context }: Local): string {
    const plain = (json: Json) => {
      const shown = this.#anonymous ? mapStrings(json, (text) => this.#anonym(text)) : json
      return typeof shown === 'string' ? shown : stableText(shown)
    }
    if (field === null) return plain(value)
    if (field !== '*') return plain(context[field])
    const fields = Object.entries(context).map(([name, json]) => `${name} ${plain(json)}`)
    return [plain(value), ...fields].join(', ')
  }

  /** A reference without the number that says nothing under symmetry. */
  #anonym(text: string): string | undefined {
    const ref = this.#walker.tables.entities.parse(text)
    if (ref === null || !stands(ref.kind)) return undefined
    return `${ref.weak ? '~' : ''}${ref.kind.name}`
  }
}

/**
 * Whether components of the kind can stand for one another, of their own accord or with their
 * owners.
 */
const stands = (kind: Kind): boolean => movable(kind) || kind.per.some(stands)
