import type { Always, Assume, Cover, Property } from '../property.ts'
import type { Locals } from './locals.ts'
import { ops, past, stride } from './program.ts'
import type { Runner } from './runner.ts'
import type { Walker } from './walker.ts'

type StateProperty = Always<never> | Assume<never> | Cover<never>

/**
 * A property of states, looked at again only where a column that it reads has changed. Columns read
 * are those of all paths of its tree known so far; each kind's are folded into one signature per
 * local state.
 */
export class Watch {
  readonly property: StateProperty
  readonly cell: number
  readonly #walker: Walker
  readonly #runner: Runner
  #leaves = -1
  /** Changes with the columns that are read. */
  version = 0
  /**
   * For each kind: signature by local state, -1 where unknown; null where nothing of the kind is
   * read.
   */
  #signatures: (Int32Array | null)[] = []
  #columns: number[][] = []
  #known: Map<string, number>[] = []

  constructor(property: Property<never>, walker: Walker, runner: Runner) {
    this.property = property as StateProperty
    this.cell = walker.program.cell()
    this.#walker = walker
    this.#runner = runner
  }

  /** Whether it holds in the state at hand. */
  holds(): boolean {
    const holds = this.property.holds as (view: never) => boolean
    const before = this.#walker.program.leaves
    const value = this.#runner.predicate(
      this.cell,
      this.property.id,
      () => undefined,
      (recorder) => holds(recorder.view() as never),
    )
    if (this.#walker.program.leaves !== before || this.#leaves < 0) this.#collect()
    return value
  }

  /** Whether what was written since the call began can have changed its value. */
  affected(): boolean {
    const walker = this.#walker
    for (let i = 0; i < walker.writes; i++) {
      const component = walker.written[i]
      const kind = walker.tables.entities.kindOf[component].index
      if (this.#signatures[kind] === null) continue
      const now = walker.now[component]
      const before = walker.before[component]
      if (now !== before && this.#signature(kind, now) !== this.#signature(kind, before))
        return true
    }
    return false
  }

  #signature(kind: number, local: number): number {
    const signatures = this.#signatures[kind] as Int32Array
    if (local < signatures.length && signatures[local] >= 0) return signatures[local]
    const text = this.#columns[kind].map((column) => this.#walker.tables.at(column, local)).join()
    let id = this.#known[kind].get(text)
    if (id === undefined) this.#known[kind].set(text, (id = this.#known[kind].size))
    if (local >= signatures.length) {
      const bigger = new Int32Array(Math.max(16, local * 2)).fill(-1)
      bigger.set(signatures)
      this.#signatures[kind] = bigger
    }
    ;(this.#signatures[kind] as Int32Array)[local] = id
    return id
  }

  /** Reads the columns off the tree. */
  #collect(): void {
    const { program, tables } = this.#walker
    this.#leaves = program.leaves
    const found = new Set<number>()
    const open = [this.cell]
    for (let link = open.pop(); link !== undefined; link = open.pop()) {
      const node = program.links[link]
      if (node <= 0 || node % stride !== 0) continue
      const op = program.code[node] % past
      if (op === ops.observe || op === ops.refer) found.add(program.code[node + 2])
      if (op === ops.quantify) open.push(program.code[node + 3])
      for (let i = 0; i < program.code[node + 6]; i++) open.push(program.code[node + 5] + i)
    }
    const columns = tables.locals.map((_: Locals, kind: number) =>
      [...found].filter((c) => tables.columnKind[c] === kind).sort((a, b) => a - b),
    )
    if (columns.length === this.#columns.length && columns.join('|') === this.#columns.join('|'))
      return
    this.#columns = columns
    this.version++
    this.#signatures = columns.map((list) =>
      list.length === 0 ? null : new Int32Array(16).fill(-1),
    )
    this.#known = columns.map(() => new Map())
  }
}
