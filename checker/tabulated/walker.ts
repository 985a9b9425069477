import { CheckerError } from '../errors.ts'
import type { Configuration } from '../reference/view.ts'
import type { Kind, System } from '../system.ts'
import type { Held } from './recorder.ts'
import { constants, finds, modes, ops, past, Program, resultsAt, sent } from './program.ts'
import { Tables } from './tables.ts'
import { leftOut, Results, Values } from './values.ts'

/** What {@link Walker.walk} returns where the tree has not grown yet: user code has to be run. */
export const miss = -1

/** A number per operation: what reads the state before the call has `past` added. */
const observePast = ops.observe + past
const referPast = ops.refer + past
const quantifyPast = ops.quantify + past

/**
 * Walks decision trees over the local states at hand. Look-ups in flat integer arrays; no user
 * code, no XState. What is not in a table yet is computed once (`fill`); where a tree ends without
 * a leaf the walk is a {@link miss}, and a Recorder runs user code.
 */
export class Walker {
  readonly system: System
  readonly program = new Program()
  readonly tables: Tables
  /** What functions of quantifiers have come to. */
  readonly values = new Values()
  /** What sums and the like have come to, by the number that their node keeps. */
  readonly results: Results[] = [new Results()]
  /** Entities by register; from `constants` on, the entity of that number. */
  readonly registers: Int32Array
  /** The local state of each component: after what was sent so far, and before the call. */
  readonly now: Int32Array
  readonly before: Int32Array
  /** What was written since the call began: component and former local state, in order. */
  readonly written: Int32Array
  readonly former: Int32Array
  writes = 0
  /**
   * The components whose local state before the call has been looked at since `startReading`, in
   * order.
   */
  readonly reads: Int32Array
  readCount = 0
  readonly #readAt: Int32Array
  readonly #result: Int32Array
  #reading = 0
  /**
   * Runs of user code: bodies and properties, with the predicates that they give to quantifiers.
   */
  modelCalls = 0
  /** Which handle is what; handles tell nothing themselves. */
  readonly handles = new WeakMap<object, Held>()

  constructor(system: System) {
    this.system = system
    this.tables = new Tables(system)
    this.registers = new Int32Array(constants + system.entities)
    for (let e = 0; e < system.entities; e++) this.registers[constants + e] = e
    this.now = new Int32Array(system.components)
    this.before = new Int32Array(system.components)
    this.written = new Int32Array(1 << 16)
    this.former = new Int32Array(1 << 16)
    this.reads = new Int32Array(system.components)
    this.#readAt = new Int32Array(system.components)
    this.#result = new Int32Array(system.components)
  }

  /** Puts a state at hand as the one before a call. */
  put(state: Configuration): void {
    const { entities, locals } = this.tables
    for (const [name, local] of state) {
      const { kind, entity } = entities.parse(name) as { kind: Kind; entity: number }
      this.now[entity] = locals[kind.index].intern(local)
    }
    this.before.set(this.now)
    this.writes = 0
  }

  /** The link of the leaf at which the last walk ended. */
  leafLink = 0
  /** Whether a walk has come to a quantifier since it was reset. */
  quantified = false

  /** Forgets what has been read. */
  startReading(): void {
    this.readCount = 0
    this.#reading++
  }

  /** The local state of a component, noted as read. */
  #read(component: number): number {
    if (this.#readAt[component] !== this.#reading) {
      this.#readAt[component] = this.#reading
      this.reads[this.readCount++] = component
    }
    return this.now[component]
  }

  /** Follows the tree behind `link` to its leaf. Sends are carried out on the way. */
  walk(link: number): number {
    const { code, links, lists } = this.program
    const { columns, stepper } = this.tables
    const { registers, before } = this
    let node = links[link]
    while (node > 0) {
      const a = code[node + 1]
      let value: number
      switch (code[node]) {
        case ops.observe: {
          const column = columns[code[node + 2]]
          const local = this.#read(registers[a])
          value = column.data[local]
          if (value < 0) value = column.fill(local)
          break
        }
        case ops.send: {
          const fixed = stepper.fixed[code[node + 2]]
          value = this.deliver(
            registers[a],
            fixed >= 0 ? fixed : stepper.event(code[node + 2], registers),
          )
          break
        }
        case ops.refer: {
          const entity = this.tables.at(code[node + 2], this.#read(registers[a]))
          value = this.#alias(lists, code[node + 3], entity)
          registers[code[node + 4]] = entity
          break
        }
        case ops.owned: {
          const owners = code[node + 2]
          let entity = a
          for (let i = owners + 1; i <= owners + lists[owners]; i += 3)
            entity += (registers[lists[i]] - lists[i + 1]) * lists[i + 2]
          value = this.#alias(lists, code[node + 3], entity)
          registers[code[node + 4]] = entity
          break
        }
        case ops.alias:
          value = this.#alias(lists, code[node + 3], registers[code[node + 4]])
          break
        case ops.quantify:
        case quantifyPast:
          this.quantified = true
          value = this.quantify(
            a,
            this.system.kinds[code[node + 2]],
            code[node + 3],
            code[node + 4],
            code[node + resultsAt],
            null,
          )
          if (value === miss) return miss
          break
        case ops.changed:
          value = this.hasChanged() ? 1 : 0
          break
        case ops.chosen:
          value = (registers[a] & code[node + 2]) !== 0 ? 1 : 0
          break
        case ops.exactly:
          value = registers[a] === code[node + 2] ? 1 : 0
          break
        case observePast:
          this.#read(registers[a])
          value = this.tables.at(code[node + 2], before[registers[a]])
          break
        case referPast: {
          this.#read(registers[a])
          const entity = this.tables.at(code[node + 2], before[registers[a]])
          value = this.#alias(lists, code[node + 3], entity)
          registers[code[node + 4]] = entity
          break
        }
        default:
          throw new Error(`unknown operation ${code[node]}`)
      }
      if (value >= code[node + 6]) return miss
      link = code[node + 5] + value
      node = links[link]
    }
    this.leafLink = link
    return node === 0 ? miss : ~node
  }

  /** Which register of the list holds `entity`; the list's length where none does. */
  #alias(lists: Int32Array, list: number, entity: number): number {
    const size = lists[list]
    let at = 0
    while (at < size && this.registers[lists[list + 1 + at]] !== entity) at++
    return at
  }

  /** Delivers an event: the value of a `send` node. */
  deliver(component: number, event: number): number {
    const column = this.tables.stepper.next[event]
    const local = this.#read(component)
    let next = column.data[local]
    if (next === -1) next = column.fill(local)
    if (next < 0) return -1 - next
    if (next !== local) {
      this.written[this.writes] = component
      this.former[this.writes++] = local
      this.now[component] = next
    }
    return sent.taken
  }

  /** Takes back what was written since there were `mark` writes. */
  rollback(mark: number): void {
    while (this.writes > mark) {
      this.writes--
      this.now[this.written[this.writes]] = this.former[this.writes]
    }
  }

  hasChanged(): boolean {
    for (let i = 0; i < this.writes; i++)
      if (this.now[this.written[i]] !== this.before[this.written[i]]) return true
    return false
  }

  /**
   * Walks the tree of `cell` for each entity of the kind, in `register`. Where it is a miss, `run`
   * is asked (user code), or the whole is a miss; `always` asks it at any rate. `forEach` is done
   * in both orders, which must come to the same. `results` numbers what sums and the like come to.
   */
  quantify(
    mode: number,
    kind: Kind,
    cell: number,
    register: number,
    results: number,
    run: ((entity: number) => number) | null,
    always = false,
  ): number {
    if (mode === modes.forEach) return this.#forEach(kind, cell, register, run, always)
    if (mode === modes.find) return this.#find(kind, cell, register, run, always)
    if (mode === modes.distinct) return this.#distinct(kind, cell, register, run, always)
    if (mode > modes.find)
      return this.#number(mode, kind, cell, register, this.results[results], run, always)
    let count = 0
    for (let e = kind.base; e < kind.base + kind.count; e++) {
      const value = this.#element(cell, register, e, run, always)
      if (value === miss) return miss
      if (mode === modes.every ? value === 0 : mode === modes.some && value === 1)
        return mode === modes.every ? 0 : 1
      count += value
    }
    return mode === modes.count ? count : mode === modes.every ? 1 : 0
  }

  /** The one of which it holds; it stands in `register` then. */
  #find(
    kind: Kind,
    cell: number,
    register: number,
    run: ((entity: number) => number) | null,
    always: boolean,
  ): number {
    let found = -1
    for (let e = kind.base; e < kind.base + kind.count; e++) {
      const value = this.#element(cell, register, e, run, always)
      if (value === miss) return miss
      if (value === 0) continue
      if (found >= 0) return finds.several
      found = e
    }
    this.registers[register] = found
    return found < 0 ? finds.none : finds.one
  }

  /** Whether what the function gives is different for each: a constant, or an entity. */
  #distinct(
    kind: Kind,
    cell: number,
    register: number,
    run: ((entity: number) => number) | null,
    always: boolean,
  ): number {
    const met: number[] = []
    for (let e = kind.base; e < kind.base + kind.count; e++) {
      const value = this.#element(cell, register, e, run, always)
      if (value === miss) return miss
      if (value === leftOut) continue
      const holder = this.values.registers[value]
      const key = holder < 0 ? -value : this.registers[holder]
      if (met.includes(key)) return 0
      met.push(key)
    }
    return 1
  }

  /** The number of the sum, the greatest or the least of what the function gives. */
  #number(
    mode: number,
    kind: Kind,
    cell: number,
    register: number,
    results: Results,
    run: ((entity: number) => number) | null,
    always: boolean,
  ): number {
    let result = mode === modes.sum ? 0 : mode === modes.max ? -Infinity : Infinity
    for (let e = kind.base; e < kind.base + kind.count; e++) {
      const value = this.#element(cell, register, e, run, always)
      if (value === miss) return miss
      if (value === leftOut) continue
      const number = this.values.constants[value] as number
      if (mode === modes.sum) result += number
      else result = mode === modes.max ? Math.max(result, number) : Math.min(result, number)
    }
    return results.of(result)
  }

  #element(
    cell: number,
    register: number,
    entity: number,
    run: ((entity: number) => number) | null,
    always: boolean,
  ): number {
    this.registers[register] = entity
    const mark = this.writes
    if (always && run !== null) return run(entity)
    const value = this.walk(cell)
    if (value !== miss || run === null) return value
    this.rollback(mark)
    return run(entity)
  }

  #forEach(
    kind: Kind,
    cell: number,
    register: number,
    run: ((entity: number) => number) | null,
    always: boolean,
  ): number {
    const mark = this.writes
    const pass = (from: number, step: number): number => {
      for (let i = 0, e = from; i < kind.count; i++, e += step) {
        const value = this.#element(cell, register, e, run, always)
        if (value !== 0) return value
      }
      return 0
    }
    if (kind.count === 1) return pass(kind.base, 1)
    const backward = pass(kind.base + kind.count - 1, -1)
    if (backward === miss) return miss
    const { now } = this
    const result = this.#result
    result.set(now)
    this.rollback(mark)
    const forward = pass(kind.base, 1)
    if (forward === miss) return miss
    let same = forward === backward
    // Where an event is not accepted (1), what was done before does not matter: the call breaks
    // `accepted` and has no successor.
    for (let c = 0; same && forward === 0 && c < now.length; c++) same = result[c] === now[c]
    if (!same)
      throw new CheckerError(
        'CHK010',
        `forEach over ${kind.name}: the result depends on the order; send events that commute`,
      )
    return forward
  }
}
