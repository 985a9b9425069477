import { CheckerError } from '../errors.ts'
import type { Kind, System } from '../system.ts'
import { Calls } from './calls.ts'
import { Canon } from './canon.ts'
import { Dispatch } from './dispatch.ts'
import { instances, type Instance } from './instances.ts'
import { blockedEnding, Runner, type Ending } from './runner.ts'
import { OutOfMemory, Store } from './store.ts'
import { Walker, miss } from './walker.ts'
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
  readonly sightings = new Map<string, Sighting>()
  transitions = 0
  refusals = 0
  /** The length of the longest of the shortest paths so far; with depth-first order, of the paths taken. */
  depth = 0
  expanded = 0
  /** What cut the search short, if anything. */
  cut: 'states' | 'depth' | 'memory' | null = null

  readonly #dispatch: Dispatch
  readonly #watches: Watch[]
  readonly #assumes: Watch[]
  readonly #deadlock: number | null
  readonly #freeKinds: readonly Kind[]
  readonly #slotKinds: boolean
  readonly #free: Uint8Array
  readonly #stack: number[] = []
  readonly #depths: number[] = []
  #levelEnd = 1
  #current = 0
  #level = 0
  #packedBefore: Int32Array
  #enabled = 0

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
    this.store = new Store(system, system.kinds.map((k) => this.#bits(k)), options.maxBytes)
    this.#packedBefore = new Int32Array(this.store.layout.words)
    this.#dispatch = new Dispatch(walker.program, walker.tables, this.instances, system.components)
    const watch = (kind: string) => system.properties.filter((p) => p.kind === kind && p.holds !== undefined).map((p) => new Watch(p, walker, this.runner))
    this.#watches = [...watch('always'), ...watch('cover')]
    this.#assumes = watch('assume')
    this.calls = new Calls(system, walker, this.runner, (property, instance) => this.#seen(property, this.#current, instance, this.#level + 1, ''))
    const terminal = system.terminal
    this.#deadlock = terminal === null ? null : walker.program.cell()
    this.#freeKinds = [...new Set(this.instances.flatMap((i) => i.slots.map((c) => walker.tables.entities.kindOf[c])))]
    this.#slotKinds = system.kinds.some((k) => k.slots)
    this.#free = new Uint8Array(system.components)
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
    for (const assume of this.#assumes) if (!assume.holds()) throw new CheckerError('CHK013', `the initial state is ruled out by '${assume.property.id}'`)
    this.#packSuccessor(true)
    this.store.add(-1)
    for (const watch of this.#watches) if (watch.holds() === (watch.property.kind === 'cover')) this.#seen(watch.property.id, 0, null, 0, '')
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
    this.#enabled = 0
    this.eachCall((instance, ending) => this.#arrive(instance, ending))
    if (this.#deadlock !== null && this.#enabled === 0 && !this.#terminal()) this.#seen('deadlock', state, null, this.#level, '')
  }

  /** Tries every instance on the state at hand, which is as it was after each; `arrive` sees it as the call leaves it. */
  eachCall(arrive: (instance: Instance, ending: number) => void): void {
    const { walker } = this
    this.#representatives()
    const components = this.system.components
    this.#dispatch.file()
    for (let c = 0; c < components; c++) {
      const { instances: list, links } = this.#dispatch.at(c, walker.now[c])
      for (let i = 0; i < list.length; i++) this.#try(list[i], links[i], arrive)
    }
    const { others } = this.#dispatch
    for (let i = 0; i < others.length; i++) this.#try(others[i], others[i].variant.cell, arrive)
  }

  #try(instance: Instance, link: number, arrive: (instance: Instance, ending: number) => void): void {
    const { walker } = this
    const { slots, entities } = instance
    for (let i = 0; i < slots.length; i++) if (this.#free[slots[i]] === 0) return
    for (let i = 0; i < entities.length; i++) walker.registers[i] = entities[i]
    let ending = walker.walk(link)
    if (ending === miss) {
      this.runner.call(instance)
      ending = walker.walk(instance.variant.cell)
    }
    if (ending !== blockedEnding) arrive(instance, ending)
    walker.rollback(0)
  }

  /** One call done, its result at hand. */
  #arrive(instance: Instance, ending: number): void {
    const { walker } = this
    const end = this.runner.endings[ending]
    if (end.unaccepted !== null) return this.#seen('accepted', this.#current, instance, this.#level + 1, end.unaccepted)
    const changed = walker.writes > 0 && walker.hasChanged()
    if (changed) for (const assume of this.#assumes) if (!assume.holds()) return
    if (!changed && !end.ok) this.refusals++
    else {
      this.transitions++
      this.#enabled++
    }
    this.calls.look(instance, ending)
    if (!changed) return
    this.#packSuccessor(false)
    const known = this.store.size
    const index = this.store.add(this.#current)
    if (index < known) return
    const depth = this.#level + 1
    if (depth > this.depth) this.depth = depth
    for (let i = 0; i < this.#watches.length; i++) {
      const watch = this.#watches[i]
      if (watch.affected() && watch.holds() === (watch.property.kind === 'cover')) {
        this.#seen(watch.property.id, index, null, depth, '')
        this.#drop()
        i = -1
      }
    }
    const dangling = this.#slotKinds ? this.#dangling() : null
    if (dangling !== null) this.#seen('dangling', index, null, depth, dangling)
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

  /** Packs the state at hand: canonical under symmetry, else from the state before by what was written. */
  #packSuccessor(whole: boolean): void {
    const { walker, store } = this
    if (this.canon !== null) {
      const locals = this.canon.canonical(walker.now)
      this.#fit(locals)
      store.layout.pack(locals, store.packed)
      return
    }
    if (whole) {
      this.#fit(walker.now)
      store.layout.pack(walker.now, store.packed)
      return
    }
    const { word, shift, mask } = store.layout
    const { packed } = store
    const before = this.#packedBefore
    for (let w = 0; w < packed.length; w++) packed[w] = before[w]
    for (let i = 0; i < walker.writes; i++) {
      const c = walker.written[i]
      const local = walker.now[c]
      if (local > mask[c] >>> 0) {
        this.#fit(walker.now)
        store.layout.pack(walker.now, store.packed)
        return
      }
      packed[word[c]] = (packed[word[c]] & ~(mask[c] << shift[c])) | (local << shift[c])
    }
  }

  #bits(kind: Kind): number {
    return Math.max(1, 32 - Math.clz32(this.walker.tables.locals[kind.index].contents.length - 1))
  }

  /** Widens the store where a local state does not fit. */
  #fit(locals: Int32Array): void {
    const { layout } = this.store
    for (let c = 0; c < locals.length; c++)
      if (locals[c] > layout.mask[c] >>> 0) {
        this.store.widen(this.system.kinds.map((k) => (k.machine === null ? 0 : this.#bits(k))))
        this.#packedBefore = new Int32Array(this.store.layout.words)
        this.store.layout.pack(this.walker.before, this.#packedBefore)
        return
      }
  }

  /** Marks the representative free slots of the state at hand. */
  #representatives(): void {
    const { walker } = this
    for (const kind of this.#freeKinds) {
      const { initial } = walker.tables.locals[kind.index]
      for (let c = kind.base; c < kind.base + kind.count; c++) {
        const local = walker.now[c]
        let first = initial[local]
        for (let other = kind.base; first && other < c; other++) if (walker.now[other] === local) first = false
        this.#free[c] = first ? 1 : 0
      }
    }
  }

  /** A reference that holds to a slot that is free, in words, where the call has made one. */
  #dangling(): string | null {
    const { walker } = this
    const { kindOf } = walker.tables.entities
    const isFree = (entity: number) => kindOf[entity].slots && walker.tables.locals[kindOf[entity].index].initial[walker.now[entity]]
    const holder = (component: number): string | null => {
      for (const target of walker.tables.locals[kindOf[component].index].holds[walker.now[component]])
        if (isFree(target)) return `${walker.tables.entities.text(component)} refers to ${walker.tables.entities.text(target)}, which is free`
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
    return this.runner.predicate(this.#deadlock as number, 'terminal', () => undefined, (recorder) => terminal(recorder.view() as never))
  }
}
