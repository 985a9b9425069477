import type { Instance } from './instances.ts'
import { ops } from './program.ts'
import { blockedEnding } from './runner.ts'
import { constants, type Program } from './program.ts'
import type { Tables } from './tables.ts'

/** Instances that are still open once one component's local state is known, with the link at which their trees go on. */
export interface Batch {
  readonly version: number
  readonly instances: readonly Instance[]
  readonly links: Int32Array
}

/**
 * Finds the instances worth trying in a state: each is filed under the component that its tree looks at first, and for each local state of
 * that component the list of those that are not ruled out by it is made once.
 */
export class Dispatch {
  readonly #program: Program
  readonly #tables: Tables
  readonly #all: readonly Instance[]
  #unfiled: Instance[]
  /** Those whose trees do not begin with a look at a component that is fixed beforehand, or have not begun. */
  others: Instance[] = []
  readonly #filed: Instance[][]
  readonly #batches: Batch[][]

  constructor(program: Program, tables: Tables, all: readonly Instance[], components: number) {
    this.#program = program
    this.#tables = tables
    this.#all = all
    this.#filed = Array.from({ length: components }, () => [])
    this.#batches = Array.from({ length: components }, () => [])
    this.#unfiled = [...all]
    this.others = [...all]
  }

  /** Files instances whose trees have begun since. */
  file(): void {
    const { links, code } = this.#program
    const open = this.#unfiled.filter((instance) => links[instance.variant.cell] === 0)
    if (open.length === this.#unfiled.length) return
    this.#unfiled = open
    for (const list of this.#filed) list.length = 0
    for (const list of this.#batches) list.length = 0
    this.others = []
    for (const instance of this.#all) {
      const node = links[instance.variant.cell]
      if (node > 0 && code[node] === ops.observe) this.#filed[this.#component(instance, code[node + 1])].push(instance)
      else this.others.push(instance)
    }
  }

  /** The batch for a component in a local state. */
  at(component: number, local: number): Batch {
    const known = this.#batches[component][local]
    if (known !== undefined && known.version === this.#program.version) return known
    return (this.#batches[component][local] = this.#make(component, local))
  }

  #component(instance: Instance, register: number): number {
    return register < constants ? instance.entities[register] : register - constants
  }

  #make(component: number, local: number): Batch {
    const { code, links, version } = this.#program
    const instances: Instance[] = []
    const open: number[] = []
    for (const instance of this.#filed[component]) {
      let link = instance.variant.cell
      for (let node = links[link]; node > 0 && code[node] === ops.observe; node = links[link]) {
        const register = code[node + 1]
        if (register < constants && register >= instance.entities.length) break
        if (this.#component(instance, register) !== component) break
        const value = this.#tables.at(code[node + 2], local)
        if (value >= code[node + 6]) break
        link = code[node + 5] + value
      }
      if (links[link] === ~blockedEnding) continue
      instances.push(instance)
      open.push(link)
    }
    return { version, instances, links: Int32Array.from(open) }
  }
}
