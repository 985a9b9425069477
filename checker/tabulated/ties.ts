import type { Kind } from '../system.ts'

/** Kinds of no more entities than this are compared pair by pair, which is quicker. */
const few = 12

/**
 * Which entities share a colour with another of their kind. Those that no reference touches do not
 * count: they are alike if their colours are, and whatever their order, the state is the same.
 */
export class Ties {
  readonly #movable: readonly Kind[]
  readonly #degree: Int32Array
  /** A hash table of colours: each place with the number of the look that filled it. */
  readonly #places: Int32Array
  readonly #looks: Int32Array
  readonly #mask: number
  #look = 0
  /** The least colour that the last kind looked at has twice. */
  #least = 0

  /** @param degree - how many references touch an entity */
  constructor(movable: readonly Kind[], degree: Int32Array) {
    this.#movable = movable
    this.#degree = degree
    const most = movable.reduce((n, kind) => Math.max(n, kind.count), 1)
    const places = 2 << (32 - Math.clz32(most - 1))
    this.#places = new Int32Array(places)
    this.#looks = new Int32Array(places)
    this.#mask = places - 1
  }

  /** How many entities share a colour with another that comes before. */
  count(colours: Int32Array): number {
    let ties = 0
    for (let k = 0; k < this.#movable.length; k++) ties += this.#of(this.#movable[k], colours)
    return ties
  }

  /**
   * The entities of the first colour that is not alone, kinds in order, colours in order; null
   * where all are.
   */
  first(colours: Int32Array): number[] | null {
    const degree = this.#degree
    for (const kind of this.#movable) {
      if (this.#of(kind, colours) === 0) continue
      const cell: number[] = []
      for (let e = kind.base; e < kind.base + kind.count; e++)
        if (degree[e] > 0 && colours[e] === this.#least) cell.push(e)
      return cell
    }
    return null
  }

  /** The entities that no reference touches, where several of a kind have one colour. */
  untouched(colours: Int32Array): number[][] {
    return this.#movable.flatMap(({ base, count }) => {
      const cells = new Map<number, number[]>()
      for (let e = base; e < base + count; e++) {
        if (this.#degree[e] > 0) continue
        const cell = cells.get(colours[e])
        if (cell === undefined) cells.set(colours[e], [e])
        else cell.push(e)
      }
      return [...cells.values()].filter((cell) => cell.length > 1)
    })
  }

  #of(kind: Kind, colours: Int32Array): number {
    return kind.count <= few ? this.#pairs(kind, colours) : this.#hashed(kind, colours)
  }

  #pairs(kind: Kind, colours: Int32Array): number {
    const degree = this.#degree
    let ties = 0
    for (let e = kind.base + 1; e < kind.base + kind.count; e++) {
      if (degree[e] === 0) continue
      for (let other = kind.base; other < e; other++)
        if (colours[other] === colours[e] && degree[other] > 0) {
          if (ties++ === 0 || colours[e] < this.#least) this.#least = colours[e]
          break
        }
    }
    return ties
  }

  #hashed(kind: Kind, colours: Int32Array): number {
    const degree = this.#degree
    const places = this.#places
    const looks = this.#looks
    const mask = this.#mask
    const look = ++this.#look
    let ties = 0
    for (let e = kind.base; e < kind.base + kind.count; e++) {
      if (degree[e] === 0) continue
      const colour = colours[e]
      let at = (colour ^ (colour >>> 15)) & mask
      while (looks[at] === look && places[at] !== colour) at = (at + 1) & mask
      if (looks[at] !== look) {
        looks[at] = look
        places[at] = colour
      } else if (ties++ === 0 || colour < this.#least) this.#least = colour
    }
    return ties
  }
}
