import type { Kind } from '../system.ts'
import { ownersOf } from './entities.ts'
import type { Instance } from './instances.ts'
import type { Walker } from './walker.ts'

/** No free slot. */
const taken = -1

/**
 * Which components are representative free slots in the state at hand: free, and the first of those
 * that are alike; a call that takes several takes the first, the second and so on. A slot that something still names, or that has something of its own (declared per
 * it) which is not as new, is like no other: taking it leads elsewhere. Nor is one that is itself
 * declared per another component, which may differ.
 */
export class FreeSlots {
  readonly #walker: Walker
  readonly #kinds: readonly Kind[]
  /** For each component: how many free slots before it are alike; {@link taken}. */
  readonly #rank: Int32Array
  /** For each free slot: the first of those that are alike. */
  readonly #first: Int32Array
  /** Marked entities hold the number of the look. */
  readonly #marks: Int32Array
  /** For each component: the components that it is declared per. */
  readonly #owners: readonly (readonly number[])[]
  /** Kinds whose components do not all start alike. */
  readonly #various: readonly boolean[]
  #look = 0
  /** Which slots are taken together by a call, by the number of that set; 0: none. */
  readonly #sets: (readonly number[])[] = [[]]
  readonly #setOf: Int32Array
  /** Whether all slots of a set are representative free ones in the state looked at last. */
  readonly open: Uint8Array

  constructor(walker: Walker, instances: readonly Instance[]) {
    this.#walker = walker
    const { kindOf } = walker.tables.entities
    const sets = new Map<string, number>([['', 0]])
    this.#setOf = Int32Array.from(instances, ({ slots }) => {
      const known = sets.get(slots.join())
      if (known !== undefined) return known
      const set = this.#sets.push(slots) - 1
      sets.set(slots.join(), set)
      return set
    })
    this.open = new Uint8Array(this.#sets.length)
    this.#kinds = [...new Set(instances.flatMap((i) => i.slots.map((c) => kindOf[c])))]
    this.#rank = new Int32Array(walker.system.components)
    this.#first = new Int32Array(walker.system.components)
    this.#marks = new Int32Array(walker.system.entities)
    this.#owners = kindOf.map((kind, c) => ownersOf(kind, c))
    this.#various = walker.tables.locals.map(
      ({ kind }) =>
        kind.machine !== null && new Set(kind.initial.map((l) => JSON.stringify(l))).size > 1,
    )
  }

  /** Looks at the state at hand. */
  update(): void {
    const { now, tables } = this.#walker
    let marked = false
    for (const kind of this.#kinds) {
      const { initial } = tables.locals[kind.index]
      for (let c = kind.base; c < kind.base + kind.count; c++) {
        this.#rank[c] = initial[now[c]] ? 0 : taken
        this.#first[c] = c
        if (!initial[now[c]] || kind.per.length > 0) continue
        for (let other = kind.base; other < c; other++) {
          if (now[other] !== now[c]) continue
          if (!marked) this.#mark()
          marked = true
          if (this.#marks[c] === this.#look || this.#marks[other] === this.#look) continue
          if (this.#rank[c]++ === 0) this.#first[c] = other
        }
      }
    }
    for (let set = 0; set < this.#sets.length; set++) {
      const slots = this.#sets[set]
      let open = 1
      for (let i = 0; i < slots.length && open === 1; i++) {
        let before = 0
        for (let j = 0; j < i; j++) if (this.#first[slots[j]] === this.#first[slots[i]]) before++
        if (this.#rank[slots[i]] !== before) open = 0
      }
      this.open[set] = open
    }
  }

  /** The number of the set of slots that a call takes; 0 for calls that take none. */
  setOf({ index }: Instance): number {
    return this.#setOf[index]
  }

  /** Whether the free slots that the call would take are there. */
  allow({ index }: Instance): boolean {
    return this.open[this.#setOf[index]] === 1
  }

  /**
   * Marks the components that are named, or that have something of their own that is; owners come
   * before what is declared per them.
   */
  #mark(): void {
    const { now, tables } = this.#walker
    const marks = this.#marks
    const look = ++this.#look
    for (let c = 0; c < now.length; c++) {
      const refs = tables.locals[tables.entities.kindOf[c].index].refs[now[c]]
      for (let i = 0; i < refs.length; i++) marks[refs[i]] = look
    }
    for (let c = now.length - 1; c >= 0; c--) {
      const owners = this.#owners[c]
      if (owners.length === 0) continue
      const kind = tables.entities.kindOf[c].index
      if (marks[c] !== look && !this.#various[kind] && tables.locals[kind].initial[now[c]]) continue
      for (const owner of owners) marks[owner] = look
    }
  }
}
