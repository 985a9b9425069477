import type { Kind } from '../system.ts'
import { hashText, mix } from './mix.ts'
import type { Walker } from './walker.ts'

/**
 * Colours of interchangeable entities: integers that depend on contents alone, equal for entities that a renaming can exchange. First by the
 * local states that move with an entity, then refined along references, in both directions, until no more are told apart.
 */
export class Colouring {
  /** How many references touch an entity; those that none touches are alike if their colours are. */
  readonly degree: Int32Array
  readonly #walker: Walker
  readonly #movable: readonly Kind[]
  readonly #kindOf: Int32Array
  readonly #isMovable: Uint8Array
  /** For each component the entity that it moves with (itself, or its owner), -1 where it stays; and further owners. */
  readonly #anchor: Int32Array
  readonly #furtherAnchors: readonly (readonly number[])[]
  readonly #several: readonly number[]
  /** References of the state at hand between entities that move: label, source, target. */
  #labels = new Int32Array(64)
  #sources = new Int32Array(64)
  #targets = new Int32Array(64)
  #edges = 0
  readonly #shapes: Int32Array[]
  /** Colours by depth of choice, and while being refined. */
  readonly #levels: Int32Array[] = []
  #next: Int32Array

  constructor(walker: Walker, movable: readonly Kind[], kindOf: Int32Array) {
    const { system, tables } = walker
    this.#walker = walker
    this.#movable = movable
    this.#kindOf = kindOf
    this.#isMovable = new Uint8Array(system.entities)
    for (const kind of movable) this.#isMovable.fill(1, kind.base, kind.base + kind.count)
    const anchors = Array.from({ length: system.components }, (_, c) => this.#anchorsOf(c))
    this.#anchor = Int32Array.from(anchors, (list) => list[0] ?? -1)
    this.#furtherAnchors = anchors.map((list) => list.slice(1))
    this.#several = anchors.flatMap((list, c) => (list.length > 1 ? [c] : []))
    this.#shapes = tables.locals.map(() => new Int32Array(0))
    this.degree = new Int32Array(system.entities)
    this.#next = new Int32Array(system.entities)
  }

  /** The colours of a state; the array is used again by the next call. */
  of(now: Int32Array): Int32Array {
    return this.#refine(this.#first(now, this.#level(0)))
  }

  /** Colours in which `entity` is told from those of its colour. One array for each depth. */
  choose(colours: Int32Array, entity: number, depth: number): Int32Array {
    const chosen = this.#level(depth)
    chosen.set(colours)
    chosen[entity] = mix(chosen[entity], 31337)
    return this.#refine(chosen)
  }

  #level(depth: number): Int32Array {
    return (this.#levels[depth] ??= new Int32Array(this.degree.length))
  }

  /** The movable entities that a component moves with. */
  #anchorsOf(component: number): number[] {
    const kind = this.#walker.tables.entities.kindOf[component]
    if (this.#isMovable[component] === 1) return [component]
    let factor = kind.count
    return kind.per
      .map((owner) => owner.base + (Math.floor((component - kind.base) / (factor /= owner.count)) % owner.count))
      .filter((e) => this.#isMovable[e] === 1)
  }

  /** First colours: kind and shape of the local states that move with an entity; collects references on the way. */
  #first(now: Int32Array, colours: Int32Array): Int32Array {
    const { locals } = this.#walker.tables
    const { degree } = this
    this.#edges = 0
    degree.fill(0)
    for (const kind of this.#movable) colours.fill(mix(kind.index + 1, 77), kind.base, kind.base + kind.count)
    for (let c = 0; c < now.length; c++) {
      const kind = this.#kindOf[c]
      const local = now[c]
      const shape = this.#shape(kind, local)
      const anchor = this.#anchor[c]
      if (anchor >= 0) {
        colours[anchor] = (colours[anchor] + shape) | 0
        const further = this.#furtherAnchors[c]
        for (let i = 0; i < further.length; i++) colours[further[i]] = (colours[further[i]] + mix(shape, i + 1)) | 0
      }
      const refs = locals[kind].refs[local]
      for (let position = 0; position < refs.length; position++)
        this.#reference(c, anchor, refs[position], mix(shape, position + 101), colours)
    }
    for (const c of this.#several) {
      const owners = [this.#anchor[c], ...this.#furtherAnchors[c]]
      const shape = this.#shape(this.#kindOf[c], now[c])
      for (let i = 0; i < owners.length; i++)
        for (let j = i + 1; j < owners.length; j++) this.#edge(mix(shape, i * 8 + j + 201), owners[i], owners[j])
    }
    for (const kind of this.#movable) for (let e = kind.base; e < kind.base + kind.count; e++) colours[e] = mix(colours[e], degree[e])
    return colours
  }

  /** A reference from component `c`: an edge where both ends move, else a colour of the end that does. */
  #reference(c: number, anchor: number, target: number, label: number, colours: Int32Array): void {
    const isComponent = target < this.#anchor.length
    const aim = this.#isMovable[target] === 1 ? target : isComponent ? this.#anchor[target] : -1
    if (anchor >= 0) {
      // To something that stays it matters which one it is; to something that moves with an owner, of which kind.
      const seen = aim === target ? 0 : aim >= 0 ? -1 - this.#kindOf[target] : target + 1
      if (seen !== 0) colours[anchor] = (colours[anchor] + mix(label, seen)) | 0
      if (aim < 0) return
      this.#edge(mix(label, aim === target ? 0 : this.#kindOf[target] + 1), anchor, aim)
      const further = this.#furtherAnchors[c]
      for (let i = 0; i < further.length; i++) this.#edge(mix(label, i + 11), further[i], aim)
      if (isComponent) for (const other of this.#furtherAnchors[target]) this.#edge(mix(label, 55), anchor, other)
    } else if (aim >= 0) {
      colours[aim] = (colours[aim] + mix(label, c + 1001)) | 0
      if (isComponent && aim !== target)
        for (const other of this.#furtherAnchors[target]) colours[other] = (colours[other] + mix(label, c + 2001)) | 0
      // What stays refers to it: that alone tells it from others, so that it is not tied to them.
      this.degree[aim]++
    }
  }

  #edge(label: number, source: number, target: number): void {
    if (this.#edges === this.#labels.length) {
      this.#labels = doubled(this.#labels)
      this.#sources = doubled(this.#sources)
      this.#targets = doubled(this.#targets)
    }
    this.#labels[this.#edges] = label
    this.#sources[this.#edges] = source
    this.#targets[this.#edges++] = target
    this.degree[source]++
    this.degree[target]++
  }

  /** Refines the colours in place until no more entities are told apart, or none needs to be. */
  #refine(colours: Int32Array): Int32Array {
    let ties = this.#ties(colours)
    while (ties > 0) {
      const next = this.#next
      next.set(colours)
      for (let i = 0; i < this.#edges; i++) {
        const label = this.#labels[i]
        const source = this.#sources[i]
        const target = this.#targets[i]
        if (source === target) next[source] = (next[source] + mix(label, 5)) | 0
        else {
          next[source] = (next[source] + mix(label, colours[target])) | 0
          next[target] = (next[target] + mix(label + 1, colours[source])) | 0
        }
      }
      const left = this.#ties(next)
      if (left >= ties) return colours
      colours.set(next)
      ties = left
    }
    return colours
  }

  /** How many entities that references touch share a colour with another of them that comes before. */
  #ties(colours: Int32Array): number {
    const { degree } = this
    let ties = 0
    for (const kind of this.#movable)
      for (let e = kind.base + 1; e < kind.base + kind.count; e++) {
        if (degree[e] === 0) continue
        for (let other = kind.base; other < e; other++)
          if (colours[other] === colours[e] && degree[other] > 0) {
            ties++
            break
          }
      }
    return ties
  }

  /** The colour of a local state apart from whom it refers to. */
  #shape(kind: number, local: number): number {
    if (local >= this.#shapes[kind].length) {
      const { shapes, shapeTexts } = this.#walker.tables.locals[kind]
      const hashes = shapeTexts.map((text) => mix(hashText(text), kind))
      this.#shapes[kind] = Int32Array.from(shapes, (shape) => hashes[shape])
    }
    return this.#shapes[kind][local]
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(array.length * 2)
  bigger.set(array)
  return bigger
}
