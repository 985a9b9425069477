import { stableText, type Json } from '../json.ts'
import type { Kind } from '../system.ts'
import { movable, Renaming } from './renaming.ts'
import type { Walker } from './walker.ts'

/**
 * Canonical forms under renaming of interchangeable components and values, exact: two states have the same form if and only if one is the
 * other renamed.
 *
 * Entities are coloured by what they are and refer to, colours are refined along references until they settle, and instances are numbered
 * in the order of their colours. Where colours tie, each of the tied is put first in turn, and the least of the resulting states is taken.
 * Colours and order come from contents alone, never from the numbers of local states.
 */
export class Canon {
  readonly #walker: Walker
  readonly #renaming: Renaming
  readonly #movable: readonly Kind[]
  /** For each component: the movable entities by which it moves (itself, or its owners); with their places in the index. */
  readonly #anchors: { readonly kind: Kind; readonly owner: Kind; readonly factor: number }[][]
  readonly #anchored: Int32Array[]
  readonly #isMovable: Uint8Array
  /** References of the state at hand: label, source component, target. */
  #edgeLabel = new Int32Array(256)
  #edgeSource = new Int32Array(256)
  #edgeTarget = new Int32Array(256)
  #edges = 0
  readonly #shapeHashes: Int32Array[]
  readonly #contentHashes: Int32Array[]
  readonly #out: Int32Array
  readonly #best: Int32Array
  #bestFound = false
  readonly #to: Int32Array
  readonly #identity: Int32Array

  constructor(walker: Walker) {
    const { system, tables } = walker
    this.#walker = walker
    this.#renaming = new Renaming(tables)
    this.#movable = system.kinds.filter(movable)
    this.#isMovable = new Uint8Array(system.entities)
    for (const kind of this.#movable) this.#isMovable.fill(1, kind.base, kind.base + kind.count)
    this.#anchors = system.kinds.map((kind) => {
      let factor = kind.count
      return kind.per.map((owner) => ({ kind, owner, factor: (factor /= owner.count) }))
    })
    this.#anchored = Array.from({ length: system.components }, (_, c) => Int32Array.from(this.#ownersOf(c)))
    this.#shapeHashes = tables.locals.map(() => new Int32Array(0))
    this.#contentHashes = tables.locals.map(() => new Int32Array(0))
    this.#out = new Int32Array(system.components)
    this.#best = new Int32Array(system.components)
    this.#identity = Int32Array.from({ length: system.entities }, (_, e) => e)
    this.#to = this.#identity.slice()
  }

  /** The canonical form of `now`; the array is used again by the next call. */
  canonical(now: Int32Array): Int32Array {
    const colours = new Int32Array(this.#identity.length)
    this.#colour(now, colours)
    this.#bestFound = false
    this.#search(now, this.#refine(colours))
    return this.#best
  }

  /** The movable entities that a component moves with: itself, or its owners. */
  #ownersOf(component: number): number[] {
    const kind = this.#walker.tables.entities.kindOf[component]
    if (this.#isMovable[component] === 1) return [component]
    return this.#anchors[kind.index]
      .map(({ owner, factor }) => owner.base + (Math.floor((component - kind.base) / factor) % owner.count))
      .filter((e) => this.#isMovable[e] === 1)
  }

  /** First colours: kind and shape of the local states that move with an entity; collects references on the way. */
  #colour(now: Int32Array, colours: Int32Array): void {
    const { tables } = this.#walker
    this.#edges = 0
    for (const kind of this.#movable) colours.fill(mix(kind.index + 1, 77), kind.base, kind.base + kind.count)
    for (let c = 0; c < now.length; c++) {
      const kind = tables.entities.kindOf[c].index
      const local = now[c]
      const shape = mix(this.#shapeHash(kind, local), kind)
      const anchors = this.#anchored[c]
      for (let i = 0; i < anchors.length; i++) colours[anchors[i]] = (colours[anchors[i]] + mix(shape, i + 1)) | 0
      const refs = tables.locals[kind].refs[local]
      for (let position = 0; position < refs.length; position++) {
        const target = refs[position]
        const label = mix(shape, position + 101)
        if (this.#isMovable[target] === 0) {
          for (let i = 0; i < anchors.length; i++) colours[anchors[i]] = (colours[anchors[i]] + mix(label, this.#fixedTarget(target))) | 0
          if (anchors.length === 0) continue
        } else if (anchors.length === 0) colours[target] = (colours[target] + mix(label, c + 1001)) | 0
        if (target < now.length || this.#isMovable[target] === 1) this.#edge(label, c, target)
      }
    }
  }

  /** What a reference to something that does not move of its own tells: which one it is, or (moving with an owner) its kind. */
  #fixedTarget(target: number): number {
    return target < this.#anchored.length && this.#anchored[target].length > 0
      ? -1 - this.#walker.tables.entities.kindOf[target].index
      : target
  }

  #edge(label: number, source: number, target: number): void {
    if (this.#edges === this.#edgeLabel.length) {
      const bigger = (old: Int32Array) => {
        const array = new Int32Array(old.length * 2)
        array.set(old)
        return array
      }
      this.#edgeLabel = bigger(this.#edgeLabel)
      this.#edgeSource = bigger(this.#edgeSource)
      this.#edgeTarget = bigger(this.#edgeTarget)
    }
    this.#edgeLabel[this.#edges] = label
    this.#edgeSource[this.#edges] = source
    this.#edgeTarget[this.#edges++] = target
  }

  /** Refines colours along references until no more entities are told apart. */
  #refine(colours: Int32Array): Int32Array {
    let cells = this.#cells(colours)
    while (cells < this.#total()) {
      const next = colours.slice()
      for (let i = 0; i < this.#edges; i++) {
        const label = this.#edgeLabel[i]
        const sources = this.#anchored[this.#edgeSource[i]]
        const target = this.#edgeTarget[i]
        const targets = target < this.#anchored.length ? this.#anchored[target] : [target]
        for (let s = 0; s < sources.length; s++)
          for (let t = 0; t < targets.length; t++) {
            const source = sources[s]
            const aim = targets[t]
            if (source === aim) {
              next[source] = (next[source] + mix(label, 5)) | 0
              continue
            }
            next[source] = (next[source] + mix(mix(label, s * 8 + t + 11), colours[aim])) | 0
            next[aim] = (next[aim] + mix(mix(label, s * 8 + t + 99), colours[source])) | 0
          }
      }
      this.#linkOwners(colours, next)
      const refined = this.#cells(next)
      if (refined <= cells) return colours
      colours = next
      cells = refined
    }
    return colours
  }

  /** A component with several movable owners ties their colours together. */
  #linkOwners(colours: Int32Array, next: Int32Array): void {
    const { now } = this.#walker
    for (let c = 0; c < this.#anchored.length; c++) {
      const anchors = this.#anchored[c]
      if (anchors.length < 2) continue
      const kind = this.#walker.tables.entities.kindOf[c].index
      const shape = mix(this.#shapeHash(kind, now[c]), kind)
      for (let i = 0; i < anchors.length; i++)
        for (let j = 0; j < anchors.length; j++)
          if (i !== j) next[anchors[i]] = (next[anchors[i]] + mix(mix(shape, i * 8 + j + 201), colours[anchors[j]])) | 0
    }
  }

  #total(): number {
    let total = 0
    for (const kind of this.#movable) total += kind.count
    return total
  }

  /** How many colours there are, kind by kind. */
  #cells(colours: Int32Array): number {
    let cells = 0
    for (const kind of this.#movable)
      for (let e = kind.base; e < kind.base + kind.count; e++) {
        let first = true
        for (let other = kind.base; first && other < e; other++) if (colours[other] === colours[e]) first = false
        if (first) cells++
      }
    return cells
  }

  /** Takes the least of the states that the orders allowed by the colours lead to. */
  #search(now: Int32Array, colours: Int32Array): void {
    const tied = this.#tied(colours)
    if (tied === null) return this.#candidate(now, colours)
    const tried: number[] = []
    for (const entity of tied) {
      if (tried.some((other) => this.#interchangeable(now, other, entity))) continue
      tried.push(entity)
      const chosen = colours.slice()
      chosen[entity] = mix(chosen[entity], 31337)
      this.#search(now, this.#refine(chosen))
    }
  }

  /** The entities of the first colour that is not alone: kinds in order, colours in order. */
  #tied(colours: Int32Array): number[] | null {
    for (const kind of this.#movable) {
      let least: number | null = null
      for (let e = kind.base; e < kind.base + kind.count; e++)
        for (let other = kind.base; other < e; other++)
          if (colours[other] === colours[e] && (least === null || colours[e] < least)) least = colours[e]
      if (least !== null) return Array.from({ length: kind.count }, (_, i) => kind.base + i).filter((e) => colours[e] === least)
    }
    return null
  }

  /** Whether swapping two entities leaves the state as it is. */
  #interchangeable(now: Int32Array, a: number, b: number): boolean {
    const to = this.#to
    to.set(this.#identity)
    to[a] = b
    to[b] = a
    this.#moveOwned(to)
    const { kindOf } = this.#walker.tables.entities
    for (let c = 0; c < now.length; c++) if (now[to[c]] !== this.#renaming.rename(kindOf[c].index, now[c], to)) return false
    return true
  }

  /** The state that the order of the colours leads to, kept if it is the least so far. */
  #candidate(now: Int32Array, colours: Int32Array): void {
    const to = this.#to
    to.set(this.#identity)
    for (const kind of this.#movable)
      for (let e = kind.base; e < kind.base + kind.count; e++) {
        let rank = 0
        for (let other = kind.base; other < kind.base + kind.count; other++) if (colours[other] < colours[e]) rank++
        to[e] = kind.base + rank
      }
    this.#moveOwned(to)
    const { kindOf } = this.#walker.tables.entities
    const out = this.#out
    for (let c = 0; c < now.length; c++) out[to[c]] = this.#renaming.rename(kindOf[c].index, now[c], to)
    if (this.#bestFound && !this.#less(out, this.#best)) return
    this.#best.set(out)
    this.#bestFound = true
  }

  /** Components declared per others go where their owners go. */
  #moveOwned(to: Int32Array): void {
    for (const kind of this.#walker.system.kinds) {
      if (kind.per.length === 0) continue
      for (let i = 0; i < kind.count; i++) {
        let place = 0
        for (const { owner, factor } of this.#anchors[kind.index])
          place += (to[owner.base + (Math.floor(i / factor) % owner.count)] - owner.base) * factor
        to[kind.base + i] = kind.base + place
      }
    }
  }

  /** Whether one state comes before another in the order of contents. */
  #less(a: Int32Array, b: Int32Array): boolean {
    const { entities, locals } = this.#walker.tables
    for (let c = 0; c < a.length; c++) {
      if (a[c] === b[c]) continue
      const kind = entities.kindOf[c].index
      const x = this.#contentHash(kind, a[c])
      const y = this.#contentHash(kind, b[c])
      if (x !== y) return x < y
      const text = (local: number) => stableText(locals[kind].contents[local] as unknown as Json)
      return text(a[c]) < text(b[c])
    }
    return false
  }

  #shapeHash(kind: number, local: number): number {
    const locals = this.#walker.tables.locals[kind]
    const shape = locals.shapes[local]
    if (shape >= this.#shapeHashes[kind].length) this.#shapeHashes[kind] = Int32Array.from(locals.shapeTexts, hashText)
    return this.#shapeHashes[kind][shape]
  }

  #contentHash(kind: number, local: number): number {
    const locals = this.#walker.tables.locals[kind]
    if (local >= this.#contentHashes[kind].length)
      this.#contentHashes[kind] = Int32Array.from(locals.contents, (content) => hashText(stableText(content as unknown as Json)))
    return this.#contentHashes[kind][local]
  }
}

/** Mixes two integers. */
function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return h ^ (h >>> 13)
}

/** A hash of a text's characters. */
function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h, text.length)
}
