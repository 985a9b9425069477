import type { Kind } from '../system.ts'
import { ownersOf } from './entities.ts'
import { hashText, mix } from './mix.ts'
import { Ties } from './ties.ts'
import type { Walker } from './walker.ts'

/** What a component adds to colours, references (label, source, target) and degrees. */
interface Share {
  readonly colours: number[]
  readonly edges: number[]
  readonly touched: number[]
}

/**
 * Colours of interchangeable entities: integers that depend on contents alone, equal for entities
 * that a renaming can exchange. First by the local states that move with an entity, then refined
 * along references, in both directions, until no more are told apart.
 */
export class Colouring {
  /**
   * How many references touch an entity; those that none touches are alike if their colours are.
   */
  readonly degree: Int32Array
  readonly ties: Ties
  readonly #walker: Walker
  readonly #movable: readonly Kind[]
  readonly #kindOf: Int32Array
  readonly #isMovable: Uint8Array
  /**
   * For each component the entity that it moves with (itself, or its owner), -1 where it stays; and
   * further owners.
   */
  readonly #anchor: Int32Array
  readonly #furtherAnchors: readonly (readonly number[])[]
  /**
   * For each component its kind, and of its owners those that stay: what is left to tell it from
   * others once the moving owners are known.
   */
  readonly #place: Int32Array
  /**
   * By component and local state, where in `data` stands what the component adds then: colours,
   * references, entities touched.
   */
  readonly #shares: Int32Array<ArrayBuffer>[]
  #data = new Int32Array(1 << 12)
  #size = 1
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
    this.#place = Int32Array.from(anchors, (_, c) =>
      this.#stayingOf(c).reduce((hash, owner) => mix(hash, owner), kindOf[c] + 1),
    )
    this.#shares = anchors.map(() => new Int32Array(16))
    this.#shapes = tables.locals.map(() => new Int32Array(0))
    this.degree = new Int32Array(system.entities)
    this.ties = new Ties(movable, this.degree)
    this.#next = new Int32Array(system.entities)
  }

  /** The colours of a state; the array is used again by the next call. */
  of(now: Int32Array): Int32Array {
    return this.#refine(this.#first(now, this.#level(0)))
  }

  /**
   * Colours in which each of `chosen`, which have one colour, is told from the others of it, by the
   * order in which they stand there. One array for each depth.
   */
  choose(chosen: readonly number[], depth: number): Int32Array {
    const colours = this.#level(depth)
    colours.set(this.#level(depth - 1))
    // The last of several is told from the others by not being told.
    for (let i = 0; i === 0 || i < chosen.length - 1; i++)
      colours[chosen[i]] = mix(colours[chosen[i]], 31336 + depth + (i << 16))
    return this.#refine(colours)
  }

  /** The colours of a depth. */
  #level(depth: number): Int32Array {
    return (this.#levels[depth] ??= new Int32Array(this.degree.length))
  }

  /** What colours have in common with those of any renaming of the state: the bag of them. */
  bag(colours: Int32Array): number {
    let sum = 0
    for (const { base, count } of this.#movable)
      for (let e = base; e < base + count; e++) sum = (sum + mix(colours[e], base)) | 0
    return sum
  }

  /** The movable entities that a component moves with: itself, or its owners', and theirs. */
  #anchorsOf(component: number): number[] {
    if (this.#isMovable[component] === 1) return [component]
    return ownersOf(this.#walker.tables.entities.kindOf[component], component).flatMap((owner) =>
      this.#anchorsOf(owner),
    )
  }

  /**
   * The owners of a component that stay, in the end: those that are declared per others stay or
   * move with them.
   */
  #stayingOf(component: number): number[] {
    return ownersOf(this.#walker.tables.entities.kindOf[component], component).flatMap((owner) => {
      if (this.#isMovable[owner] === 1) return []
      return this.#walker.tables.entities.kindOf[owner].per.length === 0
        ? [owner]
        : this.#stayingOf(owner)
    })
  }

  /**
   * First colours: kind and shape of the local states that move with an entity; collects references
   * on the way.
   */
  #first(now: Int32Array, colours: Int32Array): Int32Array {
    const { degree } = this
    degree.fill(0)
    for (const kind of this.#movable)
      colours.fill(mix(kind.index + 1, 77), kind.base, kind.base + kind.count)
    let edges = 0
    for (let c = 0; c < now.length; c++) {
      const shares = this.#shares[c]
      let at = now[c] < shares.length ? shares[now[c]] : 0
      if (at === 0) at = this.#share(c, now[c])
      const data = this.#data
      for (let end = at + 1 + 2 * data[at++]; at < end; at += 2)
        colours[data[at]] = (colours[data[at]] + data[at + 1]) | 0
      for (let end = at + 1 + 3 * data[at++]; at < end; at += 3) {
        if (edges === this.#labels.length) this.#moreEdges()
        this.#labels[edges] = data[at]
        this.#sources[edges] = data[at + 1]
        this.#targets[edges++] = data[at + 2]
        degree[data[at + 1]]++
        degree[data[at + 2]]++
      }
      for (let end = at + 1 + data[at++]; at < end; at++) degree[data[at]]++
    }
    this.#edges = edges
    for (const kind of this.#movable)
      for (let e = kind.base; e < kind.base + kind.count; e++)
        colours[e] = mix(colours[e], degree[e])
    return colours
  }

  /** Works out what a component adds in a local state; always the same, so it is kept. */
  #share(c: number, local: number): number {
    const share: Share = { colours: [], edges: [], touched: [] }
    const kind = this.#kindOf[c]
    const shape = mix(this.#shape(kind, local), this.#place[c])
    const owners = this.#anchor[c] < 0 ? [] : [this.#anchor[c], ...this.#furtherAnchors[c]]
    for (const [i, owner] of owners.entries())
      share.colours.push(owner, i === 0 ? shape : mix(shape, i))
    for (const [position, target] of this.#walker.tables.locals[kind].refs[local].entries())
      this.#reference(c, owners, target, mix(shape, position + 101), share)
    for (let i = 0; i < owners.length; i++)
      for (let j = i + 1; j < owners.length; j++)
        share.edges.push(mix(shape, i * 8 + j + 201), owners[i], owners[j])
    const { colours, edges, touched } = share
    const encoded = [
      colours.length / 2,
      ...colours,
      edges.length / 3,
      ...edges,
      touched.length,
      ...touched,
    ]
    const at = this.#size
    this.#size += encoded.length
    while (this.#size > this.#data.length) this.#data = doubled(this.#data)
    this.#data.set(encoded, at)
    while (local >= this.#shares[c].length) this.#shares[c] = doubled(this.#shares[c])
    return (this.#shares[c][local] = at)
  }

  /**
   * A reference from component `c`: an edge where both ends move, else a colour of the end that
   * does.
   */
  #reference(
    c: number,
    owners: readonly number[],
    target: number,
    label: number,
    { colours, edges, touched }: Share,
  ): void {
    const isComponent = target < this.#anchor.length
    const aim = this.#isMovable[target] === 1 ? target : isComponent ? this.#anchor[target] : -1
    const further = isComponent && aim >= 0 && aim !== target ? this.#furtherAnchors[target] : []
    if (owners.length === 0) {
      if (aim < 0) return
      colours.push(aim, mix(label, c + 1001))
      for (const other of further) colours.push(other, mix(label, c + 2001))
      // What stays refers to it: that alone tells it from others, so that it is not tied to them.
      touched.push(aim)
      return
    }
    // To something that stays it matters which one it is; to something that moves with an owner, of
    // which kind.
    if (aim !== target)
      colours.push(owners[0], mix(label, aim >= 0 ? this.#place[target] : target + 1))
    if (aim < 0) return
    edges.push(mix(label, aim === target ? 0 : this.#place[target]), owners[0], aim)
    for (const [i, owner] of owners.slice(1).entries()) edges.push(mix(label, i + 11), owner, aim)
    for (const other of further) edges.push(mix(label, 55), owners[0], other)
  }

  #moreEdges(): void {
    this.#labels = doubled(this.#labels)
    this.#sources = doubled(this.#sources)
    this.#targets = doubled(this.#targets)
  }

  /** Refines the colours in place until no more entities are told apart, or none needs to be. */
  #refine(colours: Int32Array): Int32Array {
    let ties = this.ties.count(colours)
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
      const left = this.ties.count(next)
      if (left >= ties) return colours
      colours.set(next)
      ties = left
    }
    return colours
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
