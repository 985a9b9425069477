import type { Calls } from './calls.ts'
import type { FreeSlots } from './free-slots.ts'
import type { Instance } from './instances.ts'
import type { Leaves, Write } from './leaves.ts'
import { blockedEnding, type Runner } from './runner.ts'
import { miss, type Walker } from './walker.ts'

/**
 * A node: number, place and room of its leaves; number, place and room of its groups; the number of
 * its list of calls not met here; how many calls that take no slots are refused there without
 * anything more to say; how many local states have been read on the way.
 */
export const nodeOf = {
  leaves: 0,
  leavesAt: 1,
  leavesRoom: 2,
  groups: 3,
  groupsAt: 4,
  groupsRoom: 5,
  unmet: 6,
  refused: 7,
  depth: 8,
  size: 9,
} as const
/**
 * A leaf of a node: where it is encoded, its instance, and the set of free slots that it takes.
 * Where `leaf` is {@link refusals}: how many calls that take these slots are refused there without
 * anything more to say, in the place of the instance.
 */
export const leafEntry = { leaf: 0, instance: 1, slots: 2, size: 3 } as const
export const refusals = 0
/**
 * Calls that read the same component next: the component, place and number of the links by its
 * local state, the number of the list of calls, how many local states have been read behind it.
 */
export const groupEntry = {
  component: 0,
  links: 1,
  count: 2,
  members: 3,
  depth: 4,
  size: 5,
} as const
/** A link: no node is made yet; nothing is left there. */
export const link = { unmade: 0, empty: -1 } as const

/**
 * Calls that have read more components than this are walked anew each time: they would hardly be
 * met again.
 */
const mostReads = 18
/** Integers that the memo takes at most; beyond, calls that are new are walked anew each time. */
const most = 1 << 25

const notPaused = { bucket: -1, at: 0, kept: 0 }

/** Calls not met at a node that take the same free slots: all of them wait, or none. */
interface Bucket {
  /** The number of the set of slots. */
  readonly slots: number
  readonly list: Instance[]
}

/**
 * Calls met before, by the local states that they read: one tree for all instances. A node stands
 * for local states read so far; its groups are the calls that read the same component next, its
 * leaves those that have read all they read. A call that turns out blocked leaves the tree. So a
 * state is told which calls it has in about as many steps as it has calls. Filled from the decision
 * trees alone.
 */
export class Memo {
  trie = new Int32Array(1 << 14)
  readonly root: number
  readonly #walker: Walker
  readonly #runner: Runner
  readonly #calls: Calls
  readonly #leaves: Leaves
  readonly #slots: FreeSlots
  /** Members of groups, by number. */
  readonly #lists: Instance[][] = [[]]
  /** Calls not met at a node, by number; those that take the same free slots together. */
  readonly #unmet: Bucket[][] = [[]]
  readonly #limit: number
  /** What the call walked last has read. */
  readonly #reads: Int32Array
  #readCount = 0
  #size = 1
  /** Where a meeting pauses: the bucket, the next call of it, and how many before stay unmet. */
  #paused = notPaused

  constructor(
    walker: Walker,
    runner: Runner,
    calls: Calls,
    leaves: Leaves,
    slots: FreeSlots,
    instances: readonly Instance[],
    maxBytes: number,
  ) {
    // A sixteenth of the bytes in integers: a quarter of the memory, and as much again while it
    // grows.
    this.#limit = Math.min(most, maxBytes / 16)
    this.#walker = walker
    this.#runner = runner
    this.#calls = calls
    this.#reads = new Int32Array(walker.system.components)
    this.#leaves = leaves
    this.#slots = slots
    this.root = this.#node([...instances], 0)
  }

  /** Whether a node has nothing (left). */
  isEmpty(node: number): boolean {
    return (
      this.trie[node + nodeOf.leaves] === 0 &&
      this.trie[node + nodeOf.groups] === 0 &&
      this.trie[node + nodeOf.unmet] === 0 &&
      this.trie[node + nodeOf.refused] === 0
    )
  }

  /** Makes the node behind a group's link. */
  make(group: number, local: number): number {
    const node = this.#node(
      [...this.#lists[this.trie[group + groupEntry.members]]],
      this.trie[group + groupEntry.depth],
    )
    this.trie[this.#linkOf(group, local)] = node
    return node
  }

  /** Marks the node behind a group's link as empty. */
  drop(group: number, local: number): void {
    this.trie[this.#linkOf(group, local)] = link.empty
  }

  /**
   * Walks the calls that have not been met at a node, on the state at hand, which stays as it is,
   * and files them in the node or behind it; `pass` hears of those that are not kept. Calls whose
   * free slots are not there wait for another state.
   *
   * @returns false where it is time to pause: then it is called again with the same node and state
   */
  meet(node: number, pass: (leaf: number, instance: number) => void): boolean {
    const buckets = this.#unmet[this.trie[node + nodeOf.unmet]]
    const { open } = this.#slots
    // Mostly all of them wait: there is nothing to do.
    for (let b = 0; b < buckets.length; b++)
      if (open[buckets[b].slots] !== 0) return this.#meet(node, buckets, pass)
    return true
  }

  #meet(node: number, buckets: Bucket[], pass: (leaf: number, instance: number) => void): boolean {
    const { pulse } = this.#walker
    const { bucket, at, kept: before } = this.#paused
    const { open } = this.#slots
    for (let b = bucket < 0 ? buckets.length - 1 : bucket; b >= 0; b--) {
      // Calls that take the same free slots wait together.
      const resumes = b === bucket
      if (!resumes && open[buckets[b].slots] === 0) continue
      const { list } = buckets[b]
      let left = resumes ? before : 0
      for (let i = resumes ? at : 0; i < list.length; i++) {
        if (pulse.left <= 0 && pulse.isDue()) {
          this.#paused = { bucket: b, at: i, kept: left }
          return false
        }
        pulse.left -= 1
        const instance = list[i]
        const { ending, writes, looks } = this.#walk(instance)
        const kept = this.#readCount <= mostReads && this.#size < this.#limit
        const leaf = ending === blockedEnding ? 0 : this.#leaves.make(ending, writes, looks, kept)
        if (kept) this.#remember(node, instance, leaf)
        else {
          list[left++] = instance
          if (leaf > 0) pass(leaf, instance.index)
        }
      }
      if (pulse.left <= 0 && pulse.isDue()) {
        this.#paused = { bucket: b, at: list.length, kept: left }
        return false
      }
      list.length = left
      if (left === 0) buckets.splice(b, 1)
    }
    this.#paused = notPaused
    if (buckets.length === 0) this.trie[node + nodeOf.unmet] = 0
    return true
  }

  #walk(instance: Instance): {
    readonly ending: number
    readonly writes: readonly Write[]
    readonly looks: number
  } {
    const walker = this.#walker
    walker.startReading()
    walker.quantified = false
    this.#runner.load(instance)
    let ending = walker.walk(instance.variant.cell)
    if (ending === miss) {
      this.#runner.call(instance)
      walker.startReading()
      ending = walker.walk(instance.variant.cell)
    } else this.#runner.cameAgain(instance)
    this.#readCount = walker.readCount
    this.#reads.set(walker.reads.subarray(0, walker.readCount))
    const writes: Write[] = []
    for (let i = 0; i < walker.writes; i++) {
      const c = walker.written[i]
      if (walker.now[c] !== walker.before[c] && !writes.some(([other]) => other === c))
        writes.push([c, walker.before[c], walker.now[c]])
    }
    const done = ending !== blockedEnding && this.#runner.endings[ending].broken === null
    const looks = done ? this.#calls.undecided(instance, ending, this.#reads, this.#readCount) : 0
    walker.rollback(0)
    return { ending, writes, looks }
  }

  /** Files a call under what it has read beyond a node. */
  #remember(node: number, instance: Instance, leaf: number): void {
    const { before } = this.#walker
    for (let i = this.trie[node + nodeOf.depth]; i < this.#readCount; i++) {
      const group = this.#group(node, this.#reads[i])
      const local = before[this.#reads[i]]
      node = this.#join(group, instance, local)
    }
    if (leaf > 0) this.#addLeaf(node, leaf, instance)
  }

  /** The group of a node for a component. */
  #group(node: number, component: number): number {
    const count = this.trie[node + nodeOf.groups]
    for (let i = 0, at = this.trie[node + nodeOf.groupsAt]; i < count; i++, at += groupEntry.size)
      if (this.trie[at + groupEntry.component] === component) return at
    const at = this.#append(node + nodeOf.groups, groupEntry.size)
    const links = this.#take(4)
    this.trie.set(
      [component, links, 4, this.#lists.push([]) - 1, this.trie[node + nodeOf.depth] + 1],
      at,
    )
    return at
  }

  /**
   * Makes a call a member of a group. Returns the node behind its link for `local`; behind the
   * others the call is yet to be met.
   */
  #join(group: number, instance: Instance, local: number): number {
    const members = this.#lists[this.trie[group + groupEntry.members]]
    const wanted = this.#linkOf(group, local)
    if (this.trie[wanted] === link.unmade) {
      const node = this.#node([...members], this.trie[group + groupEntry.depth])
      this.trie[wanted] = node
    }
    for (
      let at = this.trie[group + groupEntry.links], end = at + this.trie[group + groupEntry.count];
      at < end;
      at++
    ) {
      if (this.trie[at] === link.unmade) continue
      if (this.trie[at] === link.empty) {
        const node = this.#node(
          at === wanted ? [] : [instance],
          this.trie[group + groupEntry.depth],
        )
        this.trie[at] = node
      } else if (at !== wanted) this.#addUnmet(this.trie[at], instance)
    }
    members.push(instance)
    return this.trie[wanted]
  }

  #addUnmet(node: number, instance: Instance): void {
    const at = this.trie[node + nodeOf.unmet]
    if (at === 0) this.trie[node + nodeOf.unmet] = this.#unmet.push([this.#bucket(instance)]) - 1
    else this.#put(this.#unmet[at], instance)
  }

  #addLeaf(node: number, leaf: number, instance: Instance): void {
    const slots = this.#slots.setOf(instance)
    if (!this.#leaves.isPlainRefusal(leaf)) {
      const at = this.#append(node + nodeOf.leaves, leafEntry.size)
      this.trie.set([leaf, instance.index, slots], at)
    } else if (slots === 0) this.trie[node + nodeOf.refused]++
    else {
      const at = this.#refusals(node, slots)
      this.trie[at + leafEntry.instance]++
    }
  }

  /** The entry that counts refusals of calls that take these slots. */
  #refusals(node: number, slots: number): number {
    const first = this.trie[node + nodeOf.leavesAt]
    for (
      let at = first;
      at < first + this.trie[node + nodeOf.leaves] * leafEntry.size;
      at += leafEntry.size
    )
      if (this.trie[at] === refusals && this.trie[at + leafEntry.slots] === slots) return at
    const at = this.#append(node + nodeOf.leaves, leafEntry.size)
    this.trie.set([refusals, 0, slots], at)
    return at
  }

  /**
   * Room for one entry more in a list of entries; `count` is where its number stands, followed by
   * place and room.
   */
  #append(count: number, size: number): number {
    const used = this.trie[count]
    if (used === this.trie[count + 2]) {
      const room = Math.max(2, used * 2)
      const at = this.#take(room * size)
      this.trie.copyWithin(at, this.trie[count + 1], this.trie[count + 1] + used * size)
      this.trie[count + 1] = at
      this.trie[count + 2] = room
    }
    this.trie[count] = used + 1
    return this.trie[count + 1] + used * size
  }

  /** Where a group's link for a local state stands. */
  #linkOf(group: number, local: number): number {
    const count = this.trie[group + groupEntry.count]
    if (local >= count) {
      const wanted = Math.max(local + 1, Math.min(count * 2, count + 64))
      const at = this.#take(wanted)
      this.trie.copyWithin(
        at,
        this.trie[group + groupEntry.links],
        this.trie[group + groupEntry.links] + count,
      )
      this.trie[group + groupEntry.links] = at
      this.trie[group + groupEntry.count] = wanted
    }
    return this.trie[group + groupEntry.links] + local
  }

  #node(unmet: Instance[], depth: number): number {
    const at = this.#take(nodeOf.size)
    this.trie[at + nodeOf.depth] = depth
    if (unmet.length > 0) {
      const buckets: Bucket[] = []
      for (const instance of unmet) this.#put(buckets, instance)
      this.trie[at + nodeOf.unmet] = this.#unmet.push(buckets) - 1
    }
    return at
  }

  #take(count: number): number {
    const at = this.#size
    this.#size += count
    if (this.#size > this.trie.length) {
      const bigger = new Int32Array(Math.max(this.#size, this.trie.length * 2))
      bigger.set(this.trie)
      this.trie = bigger
    }
    return at
  }

  /** Puts a call with those that take the same free slots. */
  #put(buckets: Bucket[], instance: Instance): void {
    const slots = this.#slots.setOf(instance)
    const bucket = buckets.find((other) => other.slots === slots)
    if (bucket === undefined) buckets.push(this.#bucket(instance))
    else bucket.list.push(instance)
  }

  #bucket(instance: Instance): Bucket {
    return { slots: this.#slots.setOf(instance), list: [instance] }
  }
}
