import { CheckerError } from '../errors.ts'

/**
 * The decision trees of all actions and properties, in flat integer arrays.
 *
 * A node is eight integers: operation, four operands, the first of its links, the number of its
 * links, and where a quantifier comes to a number the number of its {@link Results}. A link is 0 (never been there), a node (positive) or a leaf (`~leaf`). Which link
 * is taken is the value of the observation; a *cell* is a link of its own, the root of a tree.
 */
export const stride = 8
/** Where a quantifier's node keeps the number of its results; 0 is none. */
export const resultsAt = 7
export const ops = {
  /** a: register, b: column; the value is the column's at the register's local state. */
  observe: 0,
  /** a: register, b: column of entities, c: alias list, d: register for the entity. */
  refer: 1,
  /**
   * a: first entity of the kind, b: list of (register, base, factor), c: alias list, d: register
   * for the entity.
   */
  owned: 2,
  /** a: register, b: event template; the value is what became of the event. */
  send: 3,
  /** a: mode, b: kind, c: cell of the element's tree, d: register for the element. */
  quantify: 4,
  /** c: alias list, d: register to compare with it. */
  alias: 5,
  /** Whether the call changed anything. */
  changed: 6,
  /** a: register, b: bit; whether the register has it: whether that point of failure is chosen. */
  chosen: 7,
  /** a: register, b: bits; whether the register holds these: no other point of failure is chosen. */
  exactly: 8,
} as const
/** Added to an operation that reads the state before the call. */
export const past = 16

/** Quantifiers; from `find` on they come to more than yes, no or a count. */
export const modes = {
  every: 0,
  some: 1,
  count: 2,
  forEach: 3,
  find: 4,
  sum: 5,
  max: 6,
  min: 7,
  distinct: 8,
} as const
/** What `find` comes to. */
export const finds = { none: 0, one: 1, several: 2 } as const
/** Registers from here on hold the entity of their number, always. */
export const constants = 192

/** What became of an event, as the value of a `send` node; refusals follow. */
export const sent = { taken: 0, unaccepted: 1, blocks: 2, refused: 3 } as const

export class Program {
  code = new Int32Array(1 << 12)
  links = new Int32Array(1 << 12)
  /** Alias lists and owner lists: a length, then that many registers (or triples). */
  lists = new Int32Array(1 << 10)
  leaves = 0
  #nodes = stride
  #links = 1
  #lists = 0
  readonly #listIds = new Map<string, number>()

  /** A new link, to be the root of a tree. */
  cell(): number {
    return this.#take(1)
  }

  list(values: readonly number[]): number {
    const key = values.join()
    const known = this.#listIds.get(key)
    if (known !== undefined) return known
    const at = this.#lists
    this.#lists += values.length + 1
    this.lists = grown(this.lists, this.#lists)
    this.lists[at] = values.length
    this.lists.set(values, at + 1)
    this.#listIds.set(key, at)
    return at
  }

  /**
   * The node behind `link`, made where there is none; it must be this very operation, or the code
   * behind it is not deterministic.
   */
  follow(
    link: number,
    op: number,
    a: number,
    b: number,
    c: number,
    d: number,
    where: () => string,
  ): number {
    let node = this.links[link]
    if (node === 0) {
      node = this.#nodes
      this.#nodes += stride
      this.code = grown(this.code, this.#nodes)
      this.code.set([op, a, b, op % past === ops.quantify ? this.cell() : c, d, 0, 0, 0], node)
      this.links[link] = node
      return node
    }
    const { code } = this
    if (
      node < 0 ||
      code[node] !== op ||
      code[node + 1] !== a ||
      code[node + 2] !== b ||
      (op % past !== ops.quantify && code[node + 3] !== c) ||
      code[node + 4] !== d
    )
      throw new CheckerError(
        'CHK006',
        `${where()} looked at something else than before, with the same answers; it must depend on its arguments and the view alone`,
      )
    return node
  }

  /**
   * Puts a leaf at `link`; it must be the one that is there already, if any. Returns whether it is
   * new.
   */
  finish(link: number, value: number, where: () => string): boolean {
    const known = this.links[link]
    if (known === ~value) return false
    if (known !== 0)
      throw new CheckerError(
        'CHK006',
        `${where()} ended otherwise than before, with the same answers; it must depend on its arguments and the view alone`,
      )
    this.links[link] = ~value
    this.leaves++
    return true
  }

  /** The link of `node` for `value`. */
  link(node: number, value: number): number {
    const { code } = this
    const size = code[node + 6]
    if (value >= size) {
      const wanted = Math.max(2, value + 1, size * 2)
      const at = this.#take(wanted)
      this.links.copyWithin(at, code[node + 5], code[node + 5] + size)
      code[node + 5] = at
      code[node + 6] = wanted
    }
    return code[node + 5] + value
  }

  #take(count: number): number {
    const at = this.#links
    this.#links += count
    this.links = grown(this.links, this.#links)
    return at
  }
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  if (size <= array.length) return array
  const bigger = new Int32Array(Math.max(size, array.length * 2))
  bigger.set(array)
  return bigger
}
