import { CheckerError } from '../errors.ts'
import type { Statistics } from '../report.ts'
import type { Kind, System } from '../system.ts'
import { Calls } from './calls.ts'
import { Canon } from './canon.ts'
import { FreeSlots } from './free-slots.ts'
import { instances, type Instance } from './instances.ts'
import { blocked, effects, leafHeader, Memo, nodeHeader } from './memo.ts'
import { Runner, type Ending } from './runner.ts'
import { OutOfMemory, Store, zobrist } from './store.ts'
import { Walker } from './walker.ts'
import { Watch } from './watch.ts'

/** A property that broke (or a cover that was reached): where. */
export interface Sighting {
  readonly property: string
  /** The stored state; the one before the call where `call` is set. */
  readonly state: number
  /** The call, for what is seen of a call rather than a state. */
  readonly call: Instance | null
  readonly depth: number
  readonly note: string
}

export interface SearchOptions {
  readonly order: 'breadth' | 'depth'
  readonly symmetry: boolean
  readonly maxStates: number
  readonly maxDepth: number
  readonly maxBytes: number
}

/**
 * The exploration of one system: expands states in order, stores successors, looks at properties. `step` does a slice of the work, so that
 * the caller can report progress and be interrupted in between.
 */
export class Search {
  readonly system: System
  readonly walker: Walker
  readonly runner: Runner
  readonly instances: readonly Instance[]
  readonly store: Store
  readonly options: SearchOptions
  readonly canon: Canon | null
  readonly calls: Calls
  readonly slots: FreeSlots
  readonly sightings = new Map<string, Sighting>()
  transitions = 0
  refusals = 0
  /** The length of the longest of the shortest paths so far; with depth-first order, of the paths taken. */
  depth = 0
  expanded = 0
  /** What cut the search short, if anything. */
  cut: 'states' | 'depth' | 'memory' | null = null

  readonly #memo: Memo
  readonly #watches: Watch[]
  readonly #assumes: Watch[]
  readonly #deadlock: number | null
  readonly #slotKinds: boolean
  readonly #stack: number[] = []
  readonly #depths: number[] = []
  #levelEnd = 1
  #current = 0
  #level = 0
  #packedBefore: Int32Array
  #enabled = 0
  /** Successors found but not looked up, packed, with the leaves that they came by. */
  #pending = new Int32Array(0)
  readonly #pendingLeaf = new Int32Array(256)
  readonly #found = new Int32Array(256)
  readonly #pendingHash = new Int32Array(256)
  #hashBefore = 0
  #pendings = 0
  readonly #wholeStates: boolean

  constructor(system: System, options: SearchOptions) {
    this.system = system
    this.options = options
    this.walker = new Walker(system)
    this.runner = new Runner(this.walker)
    this.instances = instances(system, this.walker.program)
    const { walker } = this
    for (const kind of system.kinds)
      for (const [i, local] of kind.initial.entries()) walker.now[kind.base + i] = walker.tables.locals[kind.index].intern(local)
    this.canon = options.symmetry && system.kinds.some((k) => k.symmetric && k.count > 1) ? new Canon(walker) : null
    this.store = new Store(
      system,
      system.kinds.map((k) => this.#bits(k)),
      options.maxBytes,
    )
    this.#packedBefore = new Int32Array(this.store.layout.words)
    this.#pending = new Int32Array(this.#pendingLeaf.length * this.store.layout.words)
    const watch = (kind: string) =>
      system.properties.filter((p) => p.kind === kind && p.holds !== undefined).map((p) => new Watch(p, walker, this.runner))
    this.#watches = [...watch('always'), ...watch('cover')]
    this.#assumes = watch('assume')
    this.#wholeStates = this.canon !== null || this.#assumes.length > 0
    this.calls = new Calls(system, walker, this.runner, (property, instance) =>
      this.#seen(property, this.#current, instance, this.#level + 1, ''),
    )
    this.#memo = new Memo(walker, this.runner, this.calls, this.instances, this.store.layout, () => this.#widen())
    const terminal = system.terminal
    this.#deadlock = terminal === null ? null : walker.program.cell()
    this.slots = new FreeSlots(walker, this.instances)
    this.#slotKinds = system.kinds.some((k) => k.slots)
    this.#begin()
  }

  get states(): number {
    return this.store.size
  }
  get endings(): readonly Ending[] {
    return this.runner.endings
  }
  /** States found but not expanded. */
  get frontier(): number {
    return this.store.size - this.expanded
  }

  #begin(): void {
    const { walker } = this
    walker.before.set(walker.now)
    if (this.#dangling() !== null) throw new CheckerError('CHK013', 'the initial state refers to a free slot')
    for (const assume of this.#assumes)
      if (!assume.holds()) throw new CheckerError('CHK013', `the initial state is ruled out by '${assume.property.id}'`)
    const locals = this.canon === null ? walker.now : this.canon.canonical(walker.now)
    this.#packLocals(locals)
    this.store.add(this.#hash(locals), -1)
    for (const watch of this.#watches)
      if (watch.holds() === (watch.property.kind === 'cover')) this.#seen(watch.property.id, 0, null, 0, '')
    this.#drop()
    this.#stack.push(0)
    this.#depths.push(0)
  }

  /** Expands about `count` states; returns whether there is more to do. */
  step(count: number): boolean {
    try {
      return this.options.order === 'breadth' ? this.#breadth(count) : this.#lifo(count)
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error
      this.cut = 'memory'
      return false
    }
  }

  /** What is done once at the end: every leaf of user code once more. */
  finish(): void {
    this.runner.verify()
  }

  /** Sizes of tables; `xstateSteps` is counted by the machines. */
  statistics(xstateSteps: number): Statistics {
    const { locals, stepper } = this.walker.tables
    const outcomes: Record<string, string[]> = {}
    for (const { operation, outcome } of this.runner.outcomes()) (outcomes[operation] ??= []).push(outcome)
    return {
      localStates: Object.fromEntries(locals.filter((l) => l.kind.machine !== null).map((l) => [l.kind.name, l.contents.length])),
      leaves: this.walker.program.leaves,
      xstateSteps,
      machineTransitions: Object.fromEntries([...stepper.taken].sort(([a], [b]) => (a < b ? -1 : 1))),
      neverEnabled: [...new Set(this.system.operations.map((o) => o.name))].filter((name) => outcomes[name] === undefined),
      outcomes,
    }
  }

  #breadth(count: number): boolean {
    for (let n = 0; n < count; n++) {
      if (this.expanded === this.store.size) return false
      if (this.expanded === this.#levelEnd) {
        this.#levelEnd = this.store.size
        this.#level++
      }
      if (this.#level >= this.options.maxDepth) return this.#stop('depth')
      if (this.store.size >= this.options.maxStates) return this.#stop('states')
      this.#expand(this.expanded++)
    }
    return true
  }

  #lifo(count: number): boolean {
    for (let n = 0; n < count; n++) {
      const state = this.#stack.pop()
      if (state === undefined) return false
      this.#level = this.#depths.pop() as number
      if (this.store.size >= this.options.maxStates) return this.#stop('states')
      const known = this.store.size
      this.#expand(state)
      this.expanded++
      for (let s = known; s < this.store.size; s++) {
        this.#stack.push(s)
        this.#depths.push(this.#level + 1)
      }
    }
    return true
  }

  #stop(by: 'states' | 'depth'): boolean {
    this.cut = by
    return false
  }

  /** All calls from one stored state. */
  #expand(state: number): void {
    const { walker } = this
    this.#current = state
    this.store.load(state, walker.now)
    walker.before.set(walker.now)
    this.store.loadPacked(state, this.#packedBefore)
    this.#hashBefore = this.#hash(walker.now)
    this.#enabled = 0
    this.slots.update()
    const memo = this.#memo
    const { batches } = memo
    const { now } = walker
    for (let c = 0; c < now.length; c++) {
      const { instances: list, links } = batches[c][now[c]] ?? memo.batch(c, now[c])
      for (let i = 0; i < links.length; i++) {
        const { tree } = memo
        let link = links[i]
        while (link > 0) {
          const local = now[tree[link]]
          link = local < tree[link + 1] ? tree[link + nodeHeader + local] : 0
        }
        if (link === blocked || !this.slots.allow(list[i])) continue
        if (link === 0 && (link = memo.meet(list[i])) === blocked) continue
        this.#arrive(list[i], ~link)
      }
    }
    for (const instance of memo.rootless)
      if (this.slots.allow(instance)) {
        const link = memo.meet(instance)
        if (link !== blocked) this.#arrive(instance, ~link)
      }
    this.#flush()
    if (this.#deadlock !== null && this.#enabled === 0 && !this.#terminal()) this.#seen('deadlock', state, null, this.#level, '')
  }

  /** One call done; `leaf` says what it came to. The state at hand is the one before it. */
  #arrive(instance: Instance, leaf: number): void {
    const { leaves } = this.#memo
    const effect = leaves[leaf + 1]
    if (effect !== effects.commits || this.#wholeStates || leaves[leaf + 2] === 1) {
      if (!this.#consider(instance, leaf, effect)) return
    } else this.#packSuccessor(leaf)
    this.transitions++
    this.#enabled++
    if (effect === effects.stays) return
    this.#pendingLeaf[this.#pendings++] = leaf
    if (this.#pendings === this.#pendingLeaf.length) this.#flush()
  }

  /** What most calls are spared: refusals, properties of calls, assumptions, symmetry. Returns whether it is a transition, packed. */
  #consider(instance: Instance, leaf: number, effect: number): boolean {
    const { leaves } = this.#memo
    if (effect === effects.unaccepted) {
      this.#seen('accepted', this.#current, instance, this.#level + 1, this.runner.endings[leaves[leaf]].unaccepted as string)
      return false
    }
    this.#apply(leaf)
    const wanted = effect !== effects.commits || this.#assumes.every((assume) => assume.holds())
    if (wanted && leaves[leaf + 2] === 1 && !this.calls.look(instance, leaves[leaf])) leaves[leaf + 2] = 0
    const locals = wanted && effect === effects.commits && this.canon !== null ? this.canon.canonical(this.walker.now) : null
    this.walker.rollback(0)
    if (locals !== null) this.#packLocals(locals)
    else if (wanted && effect === effects.commits) this.#packSuccessor(leaf)
    if (effect === effects.refused) this.refusals++
    return wanted && effect !== effects.refused
  }

  /** Looks up the successors found so far, in one go: their cache misses overlap. */
  #flush(): void {
    const count = this.#pendings
    this.#pendings = 0
    this.store.addBatch(this.#pending, this.#pendingHash, count, this.#current, this.#found)
    for (let i = 0; i < count; i++) if (this.#found[i] < 0) this.#discover(~this.#found[i], this.#pendingLeaf[i])
  }

  /** A state that was not known. */
  #discover(index: number, leaf: number): void {
    this.#apply(leaf)
    const depth = this.#level + 1
    if (depth > this.depth) this.depth = depth
    let seen = false
    for (let i = 0; i < this.#watches.length; i++) {
      const watch = this.#watches[i]
      if (watch.affected() && watch.holds() === (watch.property.kind === 'cover')) {
        this.#seen(watch.property.id, index, null, depth, '')
        seen = true
      }
    }
    if (seen) this.#drop()
    const dangling = this.#slotKinds ? this.#dangling() : null
    if (dangling !== null) this.#seen('dangling', index, null, depth, dangling)
    this.walker.rollback(0)
  }

  /** Puts what the leaf writes into the state at hand. */
  #apply(leaf: number): void {
    const { leaves } = this.#memo
    const { walker } = this
    const end = leaf + leafHeader + 3 * leaves[leaf + 3]
    for (let at = leaf + leafHeader; at < end; at += 3) {
      const component = leaves[at]
      walker.written[walker.writes] = component
      walker.former[walker.writes++] = walker.now[component]
      walker.now[component] = leaves[at + 2]
    }
  }

  #seen(property: string, state: number, call: Instance | null, depth: number, note: string): void {
    const known = this.sightings.get(property)
    if (known === undefined || depth < known.depth) this.sightings.set(property, { property, state, call, depth, note })
  }

  /** Properties seen are looked at no more; with depth-first order a shorter way may follow, so they are. */
  #drop(): void {
    if (this.options.order === 'depth') return
    for (let i = this.#watches.length - 1; i >= 0; i--) if (this.sightings.has(this.#watches[i].property.id)) this.#watches.splice(i, 1)
  }

  /** Puts a state with the successors to be looked up. */
  #packLocals(locals: Int32Array): void {
    const { mask } = this.store.layout
    for (let c = 0; c < locals.length; c++)
      if (locals[c] > mask[c] >>> 0) {
        this.#widen()
        break
      }
    const { layout, packed } = this.store
    layout.pack(locals, packed)
    this.#pending.set(packed, this.#pendings * packed.length)
    this.#pendingHash[this.#pendings] = this.#hash(locals)
  }

  /** Puts the successor there: the words and the hash of the state before, with what the leaf does to them. */
  #packSuccessor(leaf: number): void {
    const { leaves } = this.#memo
    const pending = this.#pending
    const before = this.#packedBefore
    const base = this.#pendings * before.length
    for (let w = 0; w < before.length; w++) pending[base + w] = before[w]
    const words = leaf + leafHeader + 3 * leaves[leaf + 3]
    const end = words + 2 * leaves[leaf + 5]
    for (let at = words; at < end; at += 2) pending[base + leaves[at]] ^= leaves[at + 1]
    this.#pendingHash[this.#pendings] = this.#hashBefore ^ leaves[leaf + 4]
  }

  #hash(locals: Int32Array): number {
    let hash = 0
    for (let c = 0; c < locals.length; c++) hash ^= zobrist(c, locals[c])
    return hash
  }

  /** Bits for the local states so far; at first as many as the machine has states, so that early states need not be widened. */
  #bits(kind: Kind): number {
    const locals = Math.max(kind.machine?.stateCount ?? 0, this.walker.tables.locals[kind.index].contents.length)
    return Math.max(1, 32 - Math.clz32(locals - 1))
  }

  /** Gives every kind the bits that it needs by now. The state at hand is the one being expanded. */
  #widen(): void {
    this.#flush()
    this.store.widen(this.system.kinds.map((k) => (k.machine === null ? 0 : this.#bits(k))))
    const { layout } = this.store
    this.#memo.relayout(layout)
    this.#packedBefore = new Int32Array(layout.words)
    this.#pending = new Int32Array(this.#pendingLeaf.length * layout.words)
    layout.pack(this.walker.before, this.#packedBefore)
  }

  /** A reference that holds to a slot that is free, in words, where the call has made one. */
  #dangling(): string | null {
    const { walker } = this
    const { kindOf } = walker.tables.entities
    const isFree = (entity: number) => kindOf[entity].slots && walker.tables.locals[kindOf[entity].index].initial[walker.now[entity]]
    const holder = (component: number): string | null => {
      for (const target of walker.tables.locals[kindOf[component].index].holds[walker.now[component]])
        if (isFree(target))
          return `${walker.tables.entities.text(component)} refers to ${walker.tables.entities.text(target)}, which is free`
      return null
    }
    let freed = walker.writes === 0
    for (let i = 0; i < walker.writes && !freed; i++) {
      if (isFree(walker.written[i])) freed = true
      else {
        const found = holder(walker.written[i])
        if (found !== null) return found
      }
    }
    if (freed)
      for (let c = 0; c < this.system.components; c++) {
        const found = holder(c)
        if (found !== null) return found
      }
    return null
  }

  #terminal(): boolean {
    const terminal = this.system.terminal as (view: never) => boolean
    return this.runner.predicate(
      this.#deadlock as number,
      'terminal',
      () => undefined,
      (recorder) => terminal(recorder.view() as never),
    )
  }
}
