import type { Kind } from '../system.ts'
import type { Instance } from './instances.ts'
import type { Walker } from './walker.ts'

/** Which components are representative free slots in the state at hand: free, and the first of those that start alike. */
export class FreeSlots {
  readonly #walker: Walker
  readonly #kinds: readonly Kind[]
  readonly #first: Uint8Array

  constructor(walker: Walker, instances: readonly Instance[]) {
    this.#walker = walker
    this.#kinds = [...new Set(instances.flatMap((i) => i.slots.map((c) => walker.tables.entities.kindOf[c])))]
    this.#first = new Uint8Array(walker.system.components)
  }

  /** Looks at the state at hand. */
  update(): void {
    const { now, tables } = this.#walker
    for (const kind of this.#kinds) {
      const { initial } = tables.locals[kind.index]
      for (let c = kind.base; c < kind.base + kind.count; c++) {
        let first = initial[now[c]]
        for (let other = kind.base; first && other < c; other++) if (now[other] === now[c]) first = false
        this.#first[c] = first ? 1 : 0
      }
    }
  }

  /** Whether the free slots that the call would take are there. */
  allow({ slots }: Instance): boolean {
    for (let i = 0; i < slots.length; i++) if (this.#first[slots[i]] === 0) return false
    return true
  }
}
