import { CheckerError } from '../errors.ts'
import type { Statistics } from '../report.ts'
import type { StepProperty } from '../property.ts'
import { firstStart, noStart, starts } from '../starts.ts'
import { omissionText, type System } from '../system.ts'
import { Calls } from './calls.ts'
import { Canon } from './canon.ts'
import { Expander } from './expander.ts'
import { FreeSlots } from './free-slots.ts'
import { instances, type Instance } from './instances.ts'
import { effects } from './leaves.ts'
import { movable } from './renaming.ts'
import { Runner } from './runner.ts'
import { OutOfMemory } from './states.ts'
import type { Store } from './store.ts'
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
}

export interface SearchOptions {
  readonly order: 'breadth' | 'depth'
  readonly symmetry: boolean
  readonly maxStates: number
  readonly maxDepth: number
  readonly maxBytes: number
  /**
   * Sees every call that changes something: the state before and after it is at hand; which state
   * is expanded, and how the call ended.
   */
  readonly observe?: (search: Search, state: number, instance: Instance, ending: number) => void
}

/**
 * The exploration of one system: expands states in order, stores successors, looks at properties.
 * `step` does a slice of the work, so that the caller can report progress and be interrupted in
 * between.
 */
export class Search {
  readonly system: System
  readonly walker: Walker
  readonly runner: Runner
  readonly instances: readonly Instance[]
  readonly expander: Expander
  readonly options: SearchOptions
  readonly canon: Canon | null
  readonly calls: Calls
  readonly slots: FreeSlots
  readonly sightings = new Map<string, Sighting>()
  /**
   * The length of the longest of the shortest paths so far; with depth-first order, of the paths
   * taken.
   */
  depth = 0
  expanded = 0
  /** What cut the search short, if anything. */
  cut: 'states' | 'depth' | 'memory' | null = null

  readonly #watches: Watch[]
  /** The trees of the properties that hold in states. */
  readonly #invariants: readonly Pick<Watch, 'property' | 'cell'>[]
  readonly #assumes: Watch[]
  readonly #deadlock: number | null
  readonly #slotKinds: boolean
  readonly #judge: { version: number }
  readonly #stack: number[] = []
  readonly #depths: number[] = []
  #levelEnd = 1
  #current = 0
  #level = 0

  constructor(system: System, options: SearchOptions) {
    this.system = system
    this.options = options
    this.walker = new Walker(system)
    this.runner = new Runner(this.walker)
    this.runner.onOpposite = (instance) =>
      this.#seen('locks', this.#current, instance, this.#level + 1)
    this.instances = instances(system, this.walker.program)
    const { walker } = this
    // All of them at once, so that states are packed with room for each.
    for (const kind of system.kinds)
      for (const local of kind.initial) walker.tables.locals[kind.index].intern(local)
    walker.put(firstStart(system).state)
    this.canon = options.symmetry && system.kinds.some(movable) ? new Canon(walker) : null
    const watch = (kind: string) =>
      system.properties
        .filter((p) => p.kind === kind && p.holds !== undefined)
        .map((p) => new Watch(p, walker, this.runner))
    this.#invariants = watch('always')
    this.#watches = [...this.#invariants, ...watch('cover')] as Watch[]
    this.#assumes = watch('assume')
    this.calls = new Calls(system, walker, this.runner, (property, instance) =>
      this.#seen(property, this.#current, instance, this.#level + 1),
    )
    this.slots = new FreeSlots(walker, this.instances)
    const judge = {
      consider: (instance: Instance, looks: number, effect: number, ending: number) =>
        this.#consider(instance, looks, effect, ending),
      affected: () => this.#affected(),
      discover: (index: number) => this.#discover(index),
      version: 0,
    }
    this.#judge = judge
    const { canon, slots, calls } = this
    const wholeStates = this.#assumes.length > 0 || options.observe !== undefined
    this.expander = new Expander(
      walker,
      this.runner,
      calls,
      this.instances,
      slots,
      canon,
      wholeStates,
      options.maxBytes,
      judge,
    )
    const terminal = system.terminal
    this.#deadlock = terminal === null ? null : walker.program.cell()
    this.#slotKinds = system.kinds.some((k) => k.slots)
    this.#begin()
  }

  get store(): Store {
    return this.expander.store
  }
  get states(): number {
    return this.store.size
  }
  get transitions(): number {
    return this.expander.transitions
  }
  get refusals(): number {
    return this.expander.refusals
  }
  /** States found but not expanded. */
  get frontier(): number {
    return this.store.size - this.expanded
  }

  #begin(): void {
    const { walker } = this
    let ruledOut: Watch | undefined
    for (const { state } of starts(this.system)) {
      walker.put(state)
      if (this.#dangling())
        throw new CheckerError('CHK013', 'the initial state refers to a free slot')
      const assume = this.#assumes.find((a) => !a.holds())
      ruledOut ??= assume
      if (assume !== undefined) continue
      const index = this.expander.begin()
      if (index < 0) continue
      // Storing it may have put another at hand.
      walker.put(state)
      for (const watch of this.#watches)
        if (watch.holds() === (watch.property.kind === 'cover'))
          this.#seen(watch.property.id, index, null, 0)
      this.#stack.push(index)
      this.#depths.push(0)
    }
    if (this.store.size === 0) throw noStart((ruledOut as Watch).property.id)
    this.#levelEnd = this.store.size
    this.#drop()
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

  /**
   * What is done once at the end: successors not looked up yet, and every leaf of user code once
   * more.
   */
  finish(): void {
    try {
      this.expander.flush()
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error
      this.cut = 'memory'
    }
    if (this.options.order === 'breadth' && this.store.size > this.#levelEnd)
      this.depth = this.#level + 1
    this.runner.verify()
  }

  /** Properties that nothing which has been explored could break: what never happened, by id. */
  vacuous(): ReadonlyMap<string, string> {
    const { looking, omitted } = this.runner
    const { omissions, properties } = this.system
    const never = omissions.map(omissionText).filter((text) => !omitted.has(text))
    const ends = (id: string) => {
      const { on, outcome } = properties.find((p) => p.id === id) as StepProperty<never>
      const calls = on === undefined ? 'no call' : `no call of ${on.map((a) => a.name).join(', ')}`
      return outcome === undefined ? `${calls} took place` : `${calls} ended with ${outcome}`
    }
    return new Map([
      ...this.#invariants
        .filter(({ cell }) => !looking.has(cell))
        .map(({ property }) => [property.id, 'it looks at the state of no component'] as const),
      ...this.calls.unheard().map((id) => [id, ends(id)] as const),
      ...(never.length > 0 ? [['omitted', `never sent: ${never.join('; ')}`] as const] : []),
    ])
  }

  /** Sizes of tables; `xstateSteps` is counted by the machines. */
  statistics(xstateSteps: number): Statistics {
    const { locals, stepper } = this.walker.tables
    const outcomes = this.runner.outcomes()
    return {
      localStates: Object.fromEntries(
        locals.filter((l) => l.kind.machine !== null).map((l) => [l.kind.name, l.contents.length]),
      ),
      leaves: this.walker.program.leaves,
      xstateSteps,
      machineTransitions: Object.fromEntries(
        [...stepper.taken].sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
      neverEnabled: [
        ...new Set(this.system.operations.filter((o) => !o.again).map((o) => o.name)),
      ].filter((name) => !outcomes.has(name)),
      outcomes: Object.fromEntries(outcomes),
    }
  }

  #breadth(count: number): boolean {
    for (let n = 0; n < count; n++) {
      if (this.expanded === this.#levelEnd) {
        this.expander.flush()
        if (this.expanded === this.store.size) return false
        this.#levelEnd = this.store.size
        this.depth = ++this.#level
      }
      if (this.#level >= this.options.maxDepth) return this.#stop('depth')
      if (this.store.size >= this.options.maxStates) return this.#stop('states')
      this.#expandOne(this.expanded++)
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
      this.#expandOne(state)
      this.expander.flush()
      this.expanded++
      if (this.store.size > known) this.depth = Math.max(this.depth, this.#level + 1)
      for (let s = known; s < this.store.size; s++) {
        this.#stack.push(s)
        this.#depths.push(this.#level + 1)
      }
    }
    return true
  }

  #stop(by: 'states' | 'depth'): boolean {
    this.expander.flush()
    this.cut = by
    return false
  }

  #expandOne(state: number): void {
    this.#current = state
    this.expander.expand(state)
    if (this.#deadlock !== null && this.expander.enabled === 0 && !this.#terminal())
      this.#seen('deadlock', state, null, this.#level)
  }

  #consider(
    instance: Instance,
    looks: number,
    effect: number,
    ending: number,
  ): 'dropped' | 'counts' | 'looks' {
    if (effect === effects.broken) {
      const { property } = this.runner.endings[ending].broken as { property: string }
      this.#seen(property, this.#current, instance, this.#level + 1)
      return 'dropped'
    }
    if (effect === effects.commits) {
      for (const assume of this.#assumes) if (!assume.holds()) return 'dropped'
      if (this.#assumes.length > 0) this.calls.hear(instance, ending)
      this.options.observe?.(this, this.#current, instance, ending)
    }
    return looks > 0 && this.calls.look(instance, looks) ? 'looks' : 'counts'
  }

  /** Whether the writes of the call at hand concern any property of states. */
  #affected(): boolean {
    return this.#watches.some((watch) => watch.affected()) || (this.#slotKinds && this.#mayDangle())
  }

  /** A state that was not known, and that properties have to be looked at in, is at hand. */
  #discover(index: number): void {
    const depth = this.#level + 1
    let seen = false
    for (let i = 0; i < this.#watches.length; i++) {
      const watch = this.#watches[i]
      const { version } = watch
      if (watch.affected() && watch.holds() === (watch.property.kind === 'cover')) {
        this.#seen(watch.property.id, index, null, depth)
        seen = true
      }
      if (watch.version !== version) this.#judge.version++
    }
    if (seen) this.#drop()
    if (this.#slotKinds && this.#dangling()) this.#seen('dangling', index, null, depth)
  }

  #seen(property: string, state: number, call: Instance | null, depth: number): void {
    const known = this.sightings.get(property)
    if (known === undefined || depth < known.depth)
      this.sightings.set(property, { property, state, call, depth })
  }

  /**
   * Properties seen are looked at no more; with depth-first order a shorter way may follow, so they
   * are.
   */
  #drop(): void {
    if (this.options.order === 'depth') return
    this.#judge.version++
    for (let i = this.#watches.length - 1; i >= 0; i--)
      if (this.sightings.has(this.#watches[i].property.id)) this.#watches.splice(i, 1)
  }

  /** Whether the call frees a slot, or leaves a component with references. */
  #mayDangle(): boolean {
    const { written, writes, now, tables } = this.walker
    for (let i = 0; i < writes; i++) {
      const kind = tables.entities.kindOf[written[i]]
      const locals = tables.locals[kind.index]
      if (
        (kind.slots && locals.initial[now[written[i]]]) ||
        locals.holds[now[written[i]]].length > 0
      )
        return true
    }
    return false
  }

  /** Whether the call has left a reference that holds to a slot that is free. */
  #dangling(): boolean {
    const { walker } = this
    const { kindOf } = walker.tables.entities
    const isFree = (entity: number) =>
      kindOf[entity].slots && walker.tables.locals[kindOf[entity].index].initial[walker.now[entity]]
    const dangles = (component: number) =>
      walker.tables.locals[kindOf[component].index].holds[walker.now[component]].some(isFree)
    let freed = walker.writes === 0
    for (let i = 0; i < walker.writes && !freed; i++) {
      if (isFree(walker.written[i])) freed = true
      else if (dangles(walker.written[i])) return true
    }
    for (let c = 0; freed && c < this.system.components; c++) if (dangles(c)) return true
    return false
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
