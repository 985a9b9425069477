import { automorphism, Orbits, type Automorphism } from './automorphisms.ts'
import type { Colouring } from './colouring.ts'
import { exchange } from './exchange.ts'
import type { Moves } from './moves.ts'

/** A node of the tree, on the way to the one at hand. */
interface Level {
  /** The tied entities; each is put first in turn. */
  cell: readonly number[]
  /** Whether all orders of them come to the same: one is enough, and tells them all apart. */
  alike: boolean
  /** How many of the cell have been looked at. */
  at: number
  /** Those of them that were put first. */
  readonly tried: number[]
  /** Orbits under the automorphisms found so far that leave what was chosen above in place. */
  readonly orbits: Orbits
  /** The colours that the first of the cell led to, and the bag of them. */
  readonly first: Int32Array
  bag: number
}

/** A leaf: the choices on the way to it, where entities go in its order, and what comes of it. */
class Leaf {
  readonly path: number[] = []
  readonly to: Int32Array
  readonly form: Int32Array
  found = false

  constructor(entities: number, components: number) {
    this.to = new Int32Array(entities)
    this.form = new Int32Array(components)
  }

  take(other: Leaf): void {
    this.path.length = 0
    this.path.push(...other.path)
    this.to.set(other.to)
    this.form.set(other.form)
    this.found = true
  }

  isLike({ form }: Leaf): boolean {
    for (let c = 0; c < form.length; c++) if (this.form[c] !== form[c]) return false
    return true
  }
}

const ignored = (): void => undefined

/**
 * The orders that the colours of a state allow where some are tied: a tree of choices, as nauty's
 * (individualisation and refinement). At each node one of the tied entities is told from the others
 * and colours are refined again; leaves are orders. Of them that is taken whose bags of colours on
 * the way, and then whose state, are the least: the same for all renamings of a state.
 *
 * Two leaves with one state make an automorphism; so may what two choices lead to, which is tried
 * at once. Of choices that automorphisms bring to one another one is followed, and all automorphisms
 * are kept: so the leaves are about as many as the tied, not as their orders.
 */
export class OrderTree {
  /** Automorphisms of the state: those found on the way, of which others are made. */
  readonly automorphisms: Automorphism[] = []
  readonly #colouring: Colouring
  readonly #moves: Moves
  readonly #less: (a: Int32Array, b: Int32Array) => boolean
  readonly #levels: Level[] = []
  /** The entities chosen on the way to the node at hand, and how many before each level. */
  readonly #chosen: number[] = []
  readonly #ends: number[] = [0]
  readonly #bags: number[] = []
  /** How many of the bags belong to the best way, and whether its leaf is yet to come. */
  #length = 0
  #open = true
  readonly #first: Leaf
  readonly #best: Leaf
  readonly #leaf: Leaf
  readonly #to: Int32Array
  readonly #identity: Int32Array
  readonly #find = (to: Int32Array): void => this.#found(to)
  #now: Int32Array
  #all = false
  #depth = -1

  /** @param less - whether one state comes before another */
  constructor(
    colouring: Colouring,
    moves: Moves,
    components: number,
    less: (a: Int32Array, b: Int32Array) => boolean,
  ) {
    this.#colouring = colouring
    this.#moves = moves
    this.#less = less
    this.#identity = moves.identity()
    this.#to = moves.identity()
    const entities = this.#to.length
    const leaf = () => new Leaf(entities, components)
    this.#first = leaf()
    this.#best = leaf()
    this.#leaf = leaf()
    this.#leaf.to.set(this.#identity)
    this.#now = this.#first.form
  }

  /** The state of the best order so far. */
  get form(): Int32Array {
    return this.#best.form
  }

  /**
   * Begins with a state whose colours, those of depth 0, leave the entities of `cell` tied.
   *
   * @param all - whether automorphisms are asked for that prune nothing
   */
  begin(now: Int32Array, cell: readonly number[], all = false): void {
    this.#now = now
    this.#all = all
    this.automorphisms.length = 0
    this.#chosen.length = 0
    this.#length = 0
    this.#open = true
    this.#first.found = false
    this.#best.found = false
    this.#depth = -1
    this.#enter(cell)
  }

  /** Makes one more choice, or goes back; says whether all is done. */
  advance(): boolean {
    const level = this.#levels[this.#depth]
    const next = this.#next(level)
    if (next < 0) return --this.#depth < 0
    const chosen = level.alike ? level.cell : [next]
    const colours = this.#colouring.choose(chosen, this.#depth + 1)
    const bag = this.#colouring.bag(colours)
    const known = level.tried.length > 0
    if (!known) {
      level.first.set(colours)
      level.bag = bag
    }
    if (!this.#promises(bag)) {
      level.tried.push(next)
      return false
    }
    this.#chosen.length = this.#ends[this.#depth]
    if (known && bag === level.bag && this.#isExchange(level, next, colours)) return false
    level.tried.push(next)
    this.#chosen.push(...chosen)
    this.#ends[this.#depth + 1] = this.#chosen.length
    this.#leaf.path.length = this.#depth
    this.#leaf.path.push(next)
    const cell = this.#colouring.ties.first(colours)
    if (cell === null) this.#arrive(colours)
    else this.#enter(cell)
    return this.#depth < 0
  }

  /** The next of the cell that no automorphism brings to one that was tried; -1 for none. */
  #next(level: Level): number {
    const { cell, tried, orbits } = level
    while (level.at < (level.alike ? 1 : cell.length)) {
      const entity = cell[level.at++]
      const root = orbits.root(entity)
      if (!tried.some((other) => orbits.root(other) === root)) return entity
    }
    return -1
  }

  /** Whether a bag of colours can lead to the best leaf; notes it where it is the best so far. */
  #promises(bag: number): boolean {
    const depth = this.#depth
    if (!this.#open) {
      if (depth >= this.#length || bag > this.#bags[depth]) return false
      if (bag === this.#bags[depth]) return true
    }
    this.#open = true
    this.#bags[depth] = bag
    this.#length = depth + 1
    return true
  }

  /** Whether exchanging what two choices tell apart leaves the state as it is. */
  #isExchange(level: Level, next: number, colours: Int32Array): boolean {
    const to = this.#to
    to.set(this.#identity)
    if (!exchange(this.#moves.movable, level.first, colours, to)) return false
    if (to[level.tried[0]] !== next) return false
    this.#moves.withOwned(to)
    if (this.#fixed(to) < this.#depth || !this.#moves.fixes(this.#now, to)) return false
    this.#found(to)
    return true
  }

  #enter(cell: readonly number[]): void {
    const depth = ++this.#depth
    const level = (this.#levels[depth] ??= {
      cell,
      alike: false,
      at: 0,
      tried: [],
      orbits: new Orbits(this.#to.length),
      first: new Int32Array(this.#to.length),
      bag: 0,
    })
    level.cell = cell
    level.at = 0
    level.tried.length = 0
    level.orbits.reset()
    for (const known of this.automorphisms)
      if (this.#fixed(known.to) >= depth) level.orbits.join(known)
    level.alike = this.allAlike(this.#now, cell, depth > 0 || this.#all ? this.#find : ignored)
  }

  /**
   * Whether all orders of some entities come to the same; `found` hears of automorphisms that make
   * all others of them.
   */
  allAlike(
    now: Int32Array,
    cell: readonly number[],
    found: (automorphism: Int32Array) => void,
  ): boolean {
    const to = this.#to
    to.set(this.#identity)
    to[cell[0]] = cell[1]
    to[cell[1]] = cell[0]
    this.#moves.withOwned(to)
    if (!this.#moves.fixes(now, to)) return false
    if (cell.length === 2) {
      found(to)
      return true
    }
    // An exchange of two neighbours and a turn of all make all permutations.
    const pair = to.slice()
    to.set(this.#identity)
    for (let i = 0; i < cell.length; i++) to[cell[i]] = cell[(i + 1) % cell.length]
    this.#moves.withOwned(to)
    if (!this.#moves.fixes(now, to)) return false
    found(pair)
    found(to)
    return true
  }

  /** How many levels have nothing above them that a permutation moves. */
  #fixed(to: Int32Array): number {
    let depth = 0
    while (depth < this.#depth) {
      for (let i = this.#ends[depth]; i < this.#ends[depth + 1]; i++)
        if (to[this.#chosen[i]] !== this.#chosen[i]) return depth
      depth++
    }
    return depth
  }

  /** Keeps an automorphism; levels below which it moves nothing have larger orbits now. */
  #found(to: Int32Array): void {
    const known = automorphism(to)
    this.automorphisms.push(known)
    for (let depth = this.#fixed(to); depth >= 0; depth--) this.#levels[depth].orbits.join(known)
  }

  /** A leaf: its state is compared with the best, and with the first, which it may equal. */
  #arrive(colours: Int32Array): void {
    const leaf = this.#leaf
    const best = this.#best
    this.#moves.byColours(colours, leaf.to)
    this.#moves.apply(this.#now, leaf.to, leaf.form)
    if (!this.#first.found) this.#first.take(leaf)
    if (this.#open || this.#length > this.#depth + 1) {
      this.#open = false
      this.#length = this.#depth + 1
      best.take(leaf)
    } else if (leaf.isLike(best)) this.#repeats(best)
    else if (leaf.isLike(this.#first)) this.#repeats(this.#first)
    else if (this.#less(leaf.form, best.form)) best.take(leaf)
  }

  /**
   * The state of a leaf is that of an earlier one: an automorphism. Below the node where their ways
   * part, the choice at hand leads to nothing that the other did not.
   */
  #repeats(other: Leaf): void {
    const leaf = this.#leaf
    const to = this.#to
    const from = new Int32Array(to.length)
    for (let e = 0; e < to.length; e++) from[other.to[e]] = e
    for (let e = 0; e < to.length; e++) to[e] = from[leaf.to[e]]
    this.#found(to)
    let parting = 0
    while (leaf.path[parting] === other.path[parting]) parting++
    if (this.#fixed(to) >= parting) this.#depth = parting
  }
}
