import type { Calls } from './calls.ts'
import type { Instance } from './instances.ts'
import type { Layout } from './layout.ts'
import { blockedEnding, type Runner } from './runner.ts'
import { zobrist } from './store.ts'
import { miss, type Walker } from './walker.ts'

/** What a call comes to, as the hot loop needs to know it. */
export const effects = { commits: 0, stays: 1, refused: 2, unaccepted: 3 } as const

/** How the hot loop treats a leaf: a plain new state; something to be considered; a plain success without change, or refusal, to be counted. */
export const treatments = { plain: 0, considered: 1, counted: 2 } as const

/** The leaf of a call that is not enabled. */
export const blocked = -1
/**
 * A leaf: this header, then word and exclusive or of each packed word that the call changes (two integers for each write are kept for
 * that), then component, former and new local state of each write.
 */
export const leafOf = {
  /** One of {@link treatments}. */
  treatment: 0,
  /** What the call does to the hash of the state. */
  hash: 1,
  words: 2,
  writes: 3,
  ending: 4,
  /** One of {@link effects}. */
  effect: 5,
  /** 1 where properties of calls want to see it. */
  looks: 6,
  /** Whether properties of states have to be looked at again after it: 0 not known, 1 no, 2 yes. */
  watched: 7,
  header: 8,
} as const
const writeSize = 5
type Write = readonly [component: number, former: number, local: number]
/** Nodes: component, number of links, then the links by local state. */
export const nodeHeader = 2
/** Integers that the memo may take; beyond, calls are walked anew each time. */
const limit = 1 << 24

/**
 * A batch: the calls that read a component first and are still open in one of its local states. The number of entries (complemented where
 * some are closed by now), then for each entry a link (a node, a leaf as `~offset`, or 0 where the call has not been met like this) and the
 * instance (complemented where it takes free slots).
 */
export const entrySize = 2

/**
 * Calls met before, by the local states that they read: a tree for each instance, whose nodes are components and whose branches are local
 * states. It stands in front of the decision trees, is filled from them alone, and spares the hot loop their operations.
 */
export class Memo {
  /** The nodes; a link is 0, a node, or `~leaf`. */
  tree = new Int32Array(1 << 12)
  leaves = new Int32Array(1 << 12)
  /** The packing that the leaves' words speak of. */
  layout: Layout
  entries = new Int32Array(1 << 12)
  /** For each component and local state its batch; 0 where it is not made. */
  readonly batches: Int32Array<ArrayBuffer>[]
  readonly #filed: Instance[][]
  /** The first node of each instance, 0 where unknown. */
  readonly #roots: Int32Array
  /** Instances that have not been met at all; then those that read nothing. */
  readonly rootless: Set<Instance>
  readonly #widen: () => void
  readonly #wholeStates: boolean
  readonly #walker: Walker
  readonly #runner: Runner
  readonly #calls: Calls
  #size = 1
  #leafSize = 1
  #entrySize = 1

  /**
   * @param wholeStates - whether every new state has to be considered as a whole (symmetry, assumptions)
   * @param widen - asks for a packing in which all local states fit
   */
  constructor(
    walker: Walker,
    runner: Runner,
    calls: Calls,
    instances: readonly Instance[],
    layout: Layout,
    wholeStates: boolean,
    widen: () => void,
  ) {
    this.#walker = walker
    this.#runner = runner
    this.#calls = calls
    this.layout = layout
    this.#wholeStates = wholeStates
    this.#widen = widen
    this.batches = Array.from({ length: walker.system.components }, () => new Int32Array(16))
    this.#filed = Array.from({ length: walker.system.components }, () => [])
    this.#roots = new Int32Array(instances.length)
    this.rootless = new Set(instances)
  }

  /** Makes the batch of a component in a local state, or closes its gaps. */
  batch(component: number, local: number): number {
    if (local >= this.batches[component].length) this.batches[component] = grown(this.batches[component], local + 1)
    const known = this.batches[component][local]
    if (known !== 0) return this.#closeGaps(known)
    const open = this.#filed[component]
      .map((instance) => ({ instance, link: this.#link(this.#roots[instance.index], local) }))
      .filter(({ link }) => link !== blocked)
    const at = this.#entrySize
    this.#entrySize += 1 + entrySize * open.length
    if (this.#entrySize > this.entries.length) this.entries = grown(this.entries, this.#entrySize)
    this.entries[at] = open.length
    for (const [i, { instance, link }] of open.entries())
      this.entries.set([link, instance.slots.length > 0 ? ~instance.index : instance.index], at + 1 + entrySize * i)
    return (this.batches[component][local] = at)
  }

  #closeGaps(at: number): number {
    const { entries } = this
    const count = entries[at]
    if (count >= 0) return at
    let left = at + 1
    for (let entry = at + 1; entry < at + 1 + entrySize * ~count; entry += entrySize) {
      if (entries[entry] === blocked) continue
      entries[left] = entries[entry]
      entries[left + 1] = entries[entry + 1]
      left += entrySize
    }
    entries[at] = (left - at - 1) / entrySize
    return at
  }

  /** Walks the call on the state at hand, which stays as it is, and remembers what it came to. Returns the leaf, or `blocked`. */
  meet(instance: Instance): number {
    const walker = this.#walker
    walker.startReading()
    this.#runner.load(instance)
    let ending = walker.walk(instance.variant.cell)
    if (ending === miss) {
      this.#runner.call(instance)
      walker.startReading()
      ending = walker.walk(instance.variant.cell)
    }
    const writes = [...new Set(walker.written.subarray(0, walker.writes))]
      .filter((c) => walker.now[c] !== walker.before[c])
      .map((c): Write => [c, walker.before[c], walker.now[c]])
    walker.rollback(0)
    const leaf = ending === blockedEnding ? blocked : ~this.#leaf(instance, ending, writes)
    if (this.#size < limit) this.#remember(instance, leaf)
    return leaf
  }

  /** Whether leaves are written over: each is good until the next one. */
  get full(): boolean {
    return this.#size >= limit
  }

  /** Encodes the writes of all leaves for another packing. */
  relayout(layout: Layout): void {
    this.layout = layout
    for (let at = 1; at < this.#leafSize; at += leafOf.header + writeSize * this.leaves[at + leafOf.writes]) this.#encode(at)
  }

  /** Properties of calls have seen enough of this leaf. */
  lookedAt(leaf: number): void {
    this.leaves[leaf + leafOf.looks] = 0
    this.leaves[leaf] = this.#treatment(this.leaves[leaf + leafOf.effect], false)
  }

  #treatment(effect: number, looks: boolean): number {
    if (looks || effect === effects.unaccepted || (effect === effects.commits && this.#wholeStates)) return treatments.considered
    return effect === effects.commits ? treatments.plain : treatments.counted
  }

  /** What properties of states read has changed: no leaf is known to leave them alone. */
  unwatch(): void {
    for (let at = 1; at < this.#leafSize; at += leafOf.header + writeSize * this.leaves[at + leafOf.writes])
      this.leaves[at + leafOf.watched] = 0
  }

  #leaf(instance: Instance, ending: number, writes: readonly Write[]): number {
    if (writes.some(([c, , local]) => local > this.layout.mask[c] >>> 0)) this.#widen()
    const end = this.#runner.endings[ending]
    const effect =
      end.unaccepted !== null ? effects.unaccepted : writes.length > 0 ? effects.commits : end.ok ? effects.stays : effects.refused
    const looks = this.#calls.interested(instance, ending)
    const at = this.#leafSize
    const size = leafOf.header + writeSize * writes.length
    if (!this.full) this.#leafSize += size
    if (at + size > this.leaves.length) this.leaves = grown(this.leaves, at + size)
    const hash = writes.reduce((h, [c, from, to]) => h ^ zobrist(c, from) ^ zobrist(c, to), 0)
    this.leaves.set([this.#treatment(effect, looks), hash, 0, writes.length, ending, effect, looks ? 1 : 0, 0], at)
    this.leaves.set(writes.flat(), at + leafOf.header + 2 * writes.length)
    this.#encode(at)
    return at
  }

  /** Writes the changed words of a leaf. */
  #encode(at: number): void {
    const { word, shift } = this.layout
    const { leaves } = this
    const change = new Map<number, number>()
    const first = at + leafOf.header + 2 * leaves[at + leafOf.writes]
    for (let w = first; w < first + 3 * leaves[at + leafOf.writes]; w += 3) {
      const c = leaves[w]
      change.set(word[c], (change.get(word[c]) ?? 0) ^ ((leaves[w + 1] ^ leaves[w + 2]) << shift[c]))
    }
    leaves[at + leafOf.words] = change.size
    leaves.set([...change].flat(), at + leafOf.header)
  }

  /** Files the leaf under the local states that the call has read. */
  #remember(instance: Instance, leaf: number): void {
    const { reads, readCount, before } = this.#walker
    // What reads nothing stays in the set; it must not be put there again, or whoever goes through the set never ends.
    if (readCount === 0) return
    this.rootless.delete(instance)
    if (this.#roots[instance.index] === 0) {
      this.#roots[instance.index] = this.#node(reads[0])
      this.#filed[reads[0]].push(instance)
      this.batches[reads[0]].fill(0)
    }
    let node = this.#roots[instance.index]
    let parent = -1
    for (let i = 0; i < readCount; i++) {
      const local = before[reads[i]]
      if (local >= this.tree[node + 1]) {
        node = this.#wider(node, local)
        if (parent < 0) this.#roots[instance.index] = node
        else this.tree[parent] = node
      }
      parent = node + nodeHeader + local
      if (i === readCount - 1) this.tree[parent] = leaf
      else if (this.tree[parent] === 0) {
        const next = this.#node(reads[i + 1])
        this.tree[parent] = next
      }
      node = this.tree[parent]
    }
    this.#refresh(instance, reads[0], before[reads[0]])
  }

  /** Puts the instance's first link into its batch; one that is ruled out for good leaves it. */
  #refresh(instance: Instance, component: number, local: number): void {
    const batch = this.batches[component][local] ?? 0
    if (batch === 0) return
    const { entries } = this
    const count = entries[batch] < 0 ? ~entries[batch] : entries[batch]
    for (let entry = batch + 1; entry < batch + 1 + entrySize * count; entry += entrySize) {
      if (entries[entry + 1] !== instance.index && entries[entry + 1] !== ~instance.index) continue
      entries[entry] = this.#link(this.#roots[instance.index], local)
      if (entries[entry] === blocked) entries[batch] = ~count
    }
  }

  #link(node: number, local: number): number {
    return local < this.tree[node + 1] ? this.tree[node + nodeHeader + local] : 0
  }

  #node(component: number, links = 4): number {
    const at = this.#take(nodeHeader + links)
    this.tree[at] = component
    this.tree[at + 1] = links
    return at
  }

  /** The node with room for `local`: it moves. */
  #wider(node: number, local: number): number {
    const size = this.tree[node + 1]
    const at = this.#node(this.tree[node], Math.max(local + 1, Math.min(size * 2, size + 64)))
    this.tree.copyWithin(at + nodeHeader, node + nodeHeader, node + nodeHeader + size)
    return at
  }

  #take(count: number): number {
    const at = this.#size
    this.#size += count
    if (this.#size > this.tree.length) this.tree = grown(this.tree, this.#size)
    return at
  }
}

function grown(array: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(Math.max(size, array.length * 2))
  bigger.set(array)
  return bigger
}
