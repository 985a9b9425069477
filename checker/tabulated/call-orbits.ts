import type { Automorphism } from './automorphisms.ts'
import type { Canon } from './canon.ts'
import type { Instance } from './instances.ts'
import type { Walker } from './walker.ts'

/** So many calls of a state are taken as they come, before its automorphisms are asked for. */
const patience = 3
/**
 * After so many states it is looked whether asking has been worth it, as it is where it spares
 * that many canonical forms on average; if not, few are asked.
 */
const trial = 256
const worth = 16
const seldom = 32

/**
 * The calls of a state that its own symmetry brings to one another: they lead to states that are
 * one another renamed, so that the canonical form of one is that of all. Which of them came already
 * is known by their numbers.
 */
export class CallOrbits {
  readonly #walker: Walker
  readonly #canon: Canon
  /** By index, and by place. */
  readonly #instances: readonly Instance[]
  readonly #places: readonly Instance[]
  /** By place of a call: the number of the last state in which a call of its orbit came. */
  readonly #marks: Int32Array
  readonly #open: number[] = []
  readonly #early: number[] = []
  #state = 0
  /** Automorphisms of the state at hand; null where they are not asked for (yet). */
  #group: readonly Automorphism[] | null = null
  #asks = false
  #asked = 0
  #spared = 0

  constructor(walker: Walker, canon: Canon, instances: readonly Instance[]) {
    this.#walker = walker
    this.#canon = canon
    this.#instances = instances
    const places = (instances.at(-1)?.place ?? -1) + 1
    this.#places = places === instances.length ? instances : placed(instances, places)
    this.#marks = new Int32Array(places)
  }

  /** Another state is expanded from now on. */
  begin(): void {
    this.#state++
    this.#group = null
    this.#early.length = 0
    this.#asks =
      this.#asked < trial || this.#spared >= worth * this.#asked || this.#state % seldom === 0
  }

  /** Whether no call of the orbit has come in this state; the state is at hand. */
  isFirst(call: number): boolean {
    if (!this.#asks) return true
    const { place } = this.#instances[call]
    if (this.#group === null) {
      if (this.#early.push(place) <= patience) return true
      this.#ask()
      if (!this.#asks) return true
      this.#early.pop()
      for (const early of this.#early) this.#mark(early)
    }
    if (this.#marks[place] === this.#state) {
      this.#spared++
      return false
    }
    this.#mark(place)
    return true
  }

  #ask(): void {
    this.#asked++
    this.#group = this.#canon.automorphisms(this.#walker.now)
    if (this.#group.length === 0) this.#asks = false
  }

  /** Marks the orbit of a call. */
  #mark(place: number): void {
    const marks = this.#marks
    const state = this.#state
    if (marks[place] === state) return
    const group = this.#group as readonly Automorphism[]
    const open = this.#open
    marks[place] = state
    open.push(place)
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { entities, variant } = this.#places[next]
      const { strides } = variant
      for (let g = 0; g < group.length; g++) {
        const { to } = group[g]
        let image = next
        for (let i = 0; i < entities.length; i++)
          image += (to[entities[i]] - entities[i]) * strides[i]
        if (marks[image] === state) continue
        marks[image] = state
        open.push(image)
      }
    }
  }
}

/** Calls by their places, some of which are no calls. */
function placed(instances: readonly Instance[], places: number): Instance[] {
  const result = new Array<Instance>(places)
  for (const instance of instances) result[instance.place] = instance
  return result
}
