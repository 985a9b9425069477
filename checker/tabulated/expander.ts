import type { Kind, System } from '../system.ts'
import { CallOrbits } from './call-orbits.ts'
import type { Calls } from './calls.ts'
import type { Canon } from './canon.ts'
import type { FreeSlots } from './free-slots.ts'
import type { Instance } from './instances.ts'
import { effects, leafOf, Leaves, treatments } from './leaves.ts'
import { groupEntry, leafEntry, link, Memo, nodeOf, refusals } from './memo.ts'
import { hashWords } from './mix.ts'
import type { Runner } from './runner.ts'
import { Recent } from './recent.ts'
import { Store } from './store.ts'
import type { Walker } from './walker.ts'

/** What the search is asked by the hot loop; the state at hand is as the call leaves it. */
export interface Judge {
  /**
   * Asked of calls that are more than a plain new state. `dropped`: it is none (not accepted, or
   * assumed away); `looks`: properties of calls want to see more like it.
   */
  consider(
    instance: Instance,
    looks: number,
    effect: number,
    ending: number,
  ): 'dropped' | 'counts' | 'looks'
  /**
   * Whether properties of states have to be looked at after the writes of the call, which alone
   * count here.
   */
  affected(): boolean
  /** Changes when that may have changed. */
  readonly version: number
  /** Told of a state that was not known, under its index, where properties are affected. */
  discover(index: number): void
}

/** In the place of a group: calls that have not been met at all come first. */
const atRoot = -1
/** In the place of a leaf: all have been. */
const allLeaves = -1
/** How many successors are looked up together. */
const batchSize = 256
/**
 * How many successors are kept to know them again: as many as a near cache holds, or where they
 * stand for canonical forms, a far one.
 */
const recentPlaces = { near: 1 << 15, far: 1 << 18 }
/** Integers that they take at most. */
const recentSize = 1 << 22

/**
 * The hot loop: finds all successors of a state and looks them up. A call that has been met in
 * these local states before is a walk through the memo, and its result a few exclusive ors on the
 * packed words.
 */
export class Expander {
  transitions = 0
  refusals = 0
  /** Transitions of the state expanded last. */
  enabled = 0
  readonly store: Store
  readonly #system: System
  readonly #walker: Walker
  readonly #canon: Canon | null
  readonly #orbits: CallOrbits | null
  readonly #slots: FreeSlots
  readonly #instances: readonly Instance[]
  readonly #memo: Memo
  readonly #encoded: Leaves
  readonly #arriveNew = (leaf: number, instance: number) => this.#arrive(leaf, instance)
  readonly #judge: Judge
  #current = 0
  /** The state being expanded, packed. */
  #packed: Int32Array
  #scratch: Int32Array
  /**
   * Successors to be looked up: packed one after another, hashes, leaves by which they came, from
   * where, and what the look-up found.
   */
  #pending: Int32Array
  readonly #hashes = new Int32Array(batchSize)
  readonly #leaves = new Int32Array(batchSize)
  readonly #predecessors = new Int32Array(batchSize)
  readonly #found = new Int32Array(batchSize)
  /** Nodes of the memo that are still to be looked at. */
  readonly #open: Int32Array
  #pendings = 0
  /** How many of the successors being looked up have been dealt with, of how many. */
  #told = 0
  #batch = 0
  #lookingUp = false
  /** Where the calls of the state being expanded pause: node, leaf and group of the memo. */
  #node = 0
  #leaf = 0
  #group = 0
  /** How many nodes are still to be looked at then. */
  #opened = 0
  /** Transitions before those of the state being expanded. */
  #committed = 0
  /** The successors met of late; under symmetry as they come, not in canonical form. */
  #recent: Recent
  #watchVersion = 0

  constructor(
    walker: Walker,
    runner: Runner,
    calls: Calls,
    instances: readonly Instance[],
    slots: FreeSlots,
    canon: Canon | null,
    wholeStates: boolean,
    maxBytes: number,
    judge: Judge,
  ) {
    this.#system = walker.system
    this.#walker = walker
    this.#canon = canon
    this.#orbits = canon === null ? null : new CallOrbits(walker, canon, instances)
    this.#slots = slots
    this.#open = new Int32Array(instances.length + walker.system.components)
    this.#instances = instances
    this.#judge = judge
    this.store = new Store(
      walker.system,
      walker.system.kinds.map((k) => this.#bits(k)),
      maxBytes,
    )
    this.#packed = new Int32Array(this.store.layout.words)
    this.#scratch = new Int32Array(this.store.layout.words)
    this.#pending = new Int32Array(batchSize * this.store.layout.words)
    this.#recent = this.#newRecent()
    this.#encoded = new Leaves(runner, this.store.layout, wholeStates, () => this.#widen())
    this.#memo = new Memo(walker, runner, calls, this.#encoded, slots, instances, maxBytes)
  }

  /** Stores the state at hand as one to start from; its number, or -1 where it is there already. */
  begin(): number {
    this.#put(this.#canon === null ? this.#walker.now : this.#canon.canonical(this.#walker.now))
    this.#predecessors[0] = -1
    this.store.addBatch(this.#pending, this.#hashes, 1, this.#predecessors, this.#found)
    return this.#found[0] < 0 ? ~this.#found[0] : -1
  }

  /**
   * All calls from one stored state. Successors wait to be looked up together with those of other
   * states, until {@link flush}.
   *
   * @returns false where it is time to pause: {@link resume} goes on
   */
  expand(state: number): boolean {
    this.#current = state
    this.#load(state)
    this.#orbits?.begin()
    this.#slots.update()
    this.#committed = this.transitions
    this.#node = this.#memo.root
    this.#opened = 0
    this.#leaf = 0
    this.#group = atRoot
    return this.resume()
  }

  /** Goes on where the calls of a state paused; false where it is time to pause again. */
  resume(): boolean {
    if (this.#lookingUp) {
      if (!this.flush()) return false
      this.#load(this.#current)
    }
    const memo = this.#memo
    const { now, pulse } = this.#walker
    const { open: free } = this.#slots
    const stack = this.#open
    let open = this.#opened
    let node = this.#node
    if (this.#group === atRoot && memo.trie[node + nodeOf.unmet] !== 0)
      if (!memo.meet(node, this.#arriveNew)) return false
    // The tree moves when it grows, which it does in `make` and `meet` alone.
    let { trie } = memo
    let group = Math.max(0, this.#group)
    let leaf = this.#leaf
    for (;;) {
      // Leaves: calls that have read all they read.
      const leaves = trie[node + nodeOf.leaves]
      if (leaf !== allLeaves) {
        if (leaf === 0) this.refusals += trie[node + nodeOf.refused]
        const first = trie[node + nodeOf.leavesAt]
        const end = first + leaves * leafEntry.size
        for (let at = first + leaf; at < end; at += leafEntry.size) {
          if (free[trie[at + leafEntry.slots]] === 0) continue
          if (trie[at] === refusals) this.refusals += trie[at + leafEntry.instance]
          else {
            this.#arrive(trie[at], trie[at + leafEntry.instance])
            // A look-up that has paused leaves nothing: nothing may arrive before it is resumed.
            if (pulse.left > 0 || !pulse.isDue()) continue
            return this.#pause(node, open, at + leafEntry.size - first, 0)
          }
        }
      }
      pulse.left -= 1 + (leaves >> 4)
      if (pulse.left <= 0 && pulse.isDue()) return this.#pause(node, open, allLeaves, group)
      // Groups: calls that read on.
      const groups = trie[node + nodeOf.groups]
      for (
        let i = group, at = trie[node + nodeOf.groupsAt] + group * groupEntry.size;
        i < groups;
        i++, at += groupEntry.size
      ) {
        const local = now[trie[at]]
        let child =
          local < trie[at + groupEntry.count]
            ? trie[trie[at + groupEntry.links] + local]
            : link.unmade
        if (child === link.empty) continue
        if (child === link.unmade) {
          child = memo.make(at, local)
          trie = memo.trie
        }
        if (trie[child + nodeOf.unmet] !== 0) {
          if (!memo.meet(child, this.#arriveNew)) return this.#pause(node, open, allLeaves, i)
          trie = memo.trie
          if (memo.isEmpty(child)) {
            memo.drop(at, local)
            continue
          }
        }
        stack[open++] = child
      }
      group = 0
      leaf = 0
      if (open === 0) break
      node = stack[--open]
    }
    this.enabled = this.transitions - this.#committed
    return true
  }

  #pause(node: number, open: number, leaf: number, group: number): false {
    this.#node = node
    this.#leaf = leaf
    this.#opened = open
    this.#group = group
    return false
  }

  /** One call; `leaf` says what it came to. The state at hand is the one before it. */
  #arrive(leaf: number, instance: number): void {
    const { data } = this.#encoded
    const treatment = data[leaf]
    if (treatment === treatments.plain) this.#commit(leaf, instance)
    else if (treatment === treatments.counted) this.#count(data[leaf + leafOf.effect])
    else this.#consider(this.#instances[instance], leaf)
  }

  /** A new state: the words and the hash of the state before, with what the leaf does to them. */
  #commit(leaf: number, instance: number): void {
    const { data: leaves } = this.#encoded
    const pending = this.#pending
    const packed = this.#packed
    const base = this.#pendings * packed.length
    for (let w = 0; w < packed.length; w++) pending[base + w] = packed[w]
    const end = leaf + leafOf.header + 2 * leaves[leaf + leafOf.words]
    for (let at = leaf + leafOf.header; at < end; at += 2)
      pending[base + leaves[at]] ^= leaves[at + 1]
    if (packed.length > 15) this.#walker.pulse.left -= packed.length >> 4
    this.transitions++
    const hash = hashWords(pending, base, packed.length)
    if (this.#recent.meet(pending, base, hash)) return
    this.#hashes[this.#pendings] = hash
    if (this.#orbits !== null) {
      if (!this.#orbits.isFirst(instance)) return
      this.#canonicalize(leaf)
    }
    this.#predecessors[this.#pendings] = this.#current
    this.#leaves[this.#pendings++] = leaf
    if (this.#pendings === batchSize && this.flush()) this.#load(this.#current)
  }

  /** Puts the canonical form of the successor in its place. */
  #canonicalize(leaf: number): void {
    this.#apply(leaf)
    const canonical = (this.#canon as Canon).canonical(this.#walker.now)
    this.#walker.rollback(0)
    this.#put(canonical)
  }

  /** What plain new states are spared: refusals, properties of calls, assumptions, symmetry. */
  #consider(instance: Instance, leaf: number): void {
    const walker = this.#walker
    const { data: leaves } = this.#encoded
    const effect = leaves[leaf + leafOf.effect]
    const looks = leaves[leaf + leafOf.looks]
    this.#apply(leaf)
    walker.pulse.left -= 1
    const verdict = this.#judge.consider(instance, looks, effect, leaves[leaf + leafOf.ending])
    walker.rollback(0)
    if (looks > 0 && verdict !== 'looks') this.#encoded.lookedAt(leaf)
    if (verdict === 'dropped') return
    if (effect === effects.commits) this.#commit(leaf, instance.index)
    else this.#count(effect)
  }

  #count(effect: number): void {
    if (effect === effects.refused) this.refusals++
    else if (effect === effects.stays) this.transitions++
  }

  #put(locals: Int32Array): void {
    if (!this.store.layout.holds(locals)) this.#widen()
    const { layout } = this.store
    layout.pack(locals, this.#scratch)
    this.#pending.set(this.#scratch, this.#pendings * layout.words)
    this.#hashes[this.#pendings] = hashWords(this.#scratch, 0, layout.words)
  }

  /** Puts a stored state at hand. */
  #load(state: number): void {
    const walker = this.#walker
    this.store.states.load(state, this.#packed)
    this.store.layout.unpack(this.#packed, 0, walker.now)
    walker.before.set(walker.now)
  }

  /**
   * Looks up the successors found so far, in one go: their cache misses overlap. Afterwards some
   * other state is at hand.
   *
   * @returns false where it is time to pause: then it is called again, before anything else
   */
  flush(pauses = true): boolean {
    const { pulse } = this.#walker
    if (!this.#lookingUp) {
      this.#batch = this.#pendings
      this.#pendings = 0
      this.store.addBatch(this.#pending, this.#hashes, this.#batch, this.#predecessors, this.#found)
      this.#told = 0
      this.#lookingUp = true
    }
    while (this.#told < this.#batch) {
      const i = this.#told++
      if (this.#found[i] >= 0) continue
      this.#discover(~this.#found[i], this.#leaves[i], this.#predecessors[i])
      if (pauses && pulse.left <= 0 && pulse.isDue()) return false
    }
    this.#lookingUp = false
    return true
  }

  /** A new state: properties are looked at only where the leaf changes something that they read. */
  #discover(index: number, leaf: number, predecessor: number): void {
    const { data: leaves } = this.#encoded
    if (this.#judge.version !== this.#watchVersion) {
      this.#watchVersion = this.#judge.version
      this.#encoded.unwatch()
      leaves[leaf + leafOf.watched] = 0
    }
    if (leaves[leaf + leafOf.watched] === 1) return
    this.#load(predecessor)
    this.#apply(leaf)
    if (leaves[leaf + leafOf.watched] === 0)
      leaves[leaf + leafOf.watched] = this.#judge.affected() ? 2 : 1
    if (leaves[leaf + leafOf.watched] === 2) this.#judge.discover(index)
    this.#walker.rollback(0)
  }

  /** Puts what the leaf writes into the state at hand. */
  #apply(leaf: number): void {
    const { data: leaves } = this.#encoded
    const walker = this.#walker
    const writes = leaves[leaf + leafOf.writes]
    const first = leaf + leafOf.header + 2 * writes
    for (let at = first; at < first + 3 * writes; at += 3) {
      const component = leaves[at]
      walker.written[walker.writes] = component
      walker.former[walker.writes++] = walker.now[component]
      walker.now[component] = leaves[at + 2]
    }
  }

  /**
   * Bits for the local states so far; at first as many as the machine has states, so that early
   * states need not be widened.
   */
  #bits(kind: Kind): number {
    if (kind.machine === null) return 0
    const locals = Math.max(
      kind.machine.stateCount,
      this.#walker.tables.locals[kind.index].contents.length,
    )
    return Math.max(1, 32 - Math.clz32(locals - 1))
  }

  #newRecent(): Recent {
    const { words } = this.store.layout
    let places = this.#canon === null ? recentPlaces.near : recentPlaces.far
    while (places > 1 && places * (words + 1) > recentSize) places /= 2
    return new Recent(words, places)
  }

  /**
   * Gives every kind the bits that it needs by now. The state at hand is the one being expanded.
   */
  #widen(): void {
    this.flush(false)
    this.store.widen(this.#system.kinds.map((k) => this.#bits(k)))
    const { layout } = this.store
    this.#encoded.relayout(layout)
    this.#packed = new Int32Array(layout.words)
    this.#scratch = new Int32Array(layout.words)
    this.#recent = this.#newRecent()
    this.#pending = new Int32Array(batchSize * layout.words)
    if (this.store.size > 0) this.#load(this.#current)
  }
}
