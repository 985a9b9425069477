/** So many states are kept whatever their leaf: all of a small system. */
const dense = 4096
/** No more states than these are kept. */
const most = 65_536

/**
 * States that came to a leaf after the one that it was made in. Code that keeps what it sees in the
 * function of a quantifier has told the tree nothing of it: it is found where it runs on these.
 */
export class LaterStates {
  /** By link of the leaf. */
  #visits = new Uint32Array(1 << 12)
  readonly #kept: (() => void)[] = []
  /** By link of the leaf: where among those kept the last one stands. */
  readonly #last = new Map<number, number>()

  /**
   * Notes that a walk has come to a known leaf. `keep` makes what runs user code there again; it is
   * asked for some of the visits alone: all at first, then eight times while their number doubles,
   * so that the last one kept is one of the last.
   *
   * @param quantified - whether functions of quantifiers have a say in it: then one of each octave
   *   is kept, else the last one alone
   */
  visit(leaf: number, quantified: boolean, keep: () => () => void): void {
    if (leaf >= this.#visits.length) {
      const bigger = new Uint32Array(Math.max(leaf + 1, this.#visits.length * 2))
      bigger.set(this.#visits)
      this.#visits = bigger
    }
    const visits = ++this.#visits[leaf]
    const few = quantified && this.#kept.length < dense
    const octave = 31 - Math.clz32(visits)
    if (!few && octave > 3 && (visits & ((1 << (octave - 3)) - 1)) !== 0) return
    const last = this.#last.get(leaf)
    const first = few || (quantified && visits === 1 << octave)
    if (last !== undefined && (!first || this.#kept.length >= most)) this.#kept[last] = keep()
    else if (this.#kept.length < most) this.#last.set(leaf, this.#kept.push(keep()) - 1)
  }

  /** What is to be run at the end. */
  get all(): readonly (() => void)[] {
    return this.#kept
  }
}
