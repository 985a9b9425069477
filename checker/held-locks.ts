import type { LockOrder } from './lock-order.ts'
import { Refused } from './refused.ts'

/** A lock that a caller holds from one step to the next. */
export interface HeldLock {
  /** The name of its kind. */
  readonly name: string
  /** Its component. */
  readonly lock: object
}

interface Mutex {
  send(event: { readonly type: 'acquire' | 'release' }): void
}
interface Mutexes {
  readonly only: Mutex
  of(...owners: readonly object[]): Mutex
}

/**
 * The locks of one call. Where no thread can come in between they are known to the call alone, at no
 * cost; else each is a component, for which others wait.
 */
export class HeldLocks {
  readonly #order: LockOrder
  readonly #operation: string
  readonly #view: { readonly [kind: string]: Mutexes } | null
  /** Kinds, each with the lock's component, or with what it belongs to. */
  readonly #held: { readonly kind: string; readonly parts: readonly object[] }[]
  /** Pairs of kinds: the second was taken while the first was held. */
  readonly #taken: (readonly [held: string, taken: string])[] = []
  #broken: Refused | null = null

  /** @param view - where the locks are components; null where they are known to the call alone */
  constructor(
    order: LockOrder,
    operation: string,
    view: object | null,
    held: readonly HeldLock[] = [],
  ) {
    this.#order = order
    order.begin()
    this.#operation = operation
    this.#view = view as { readonly [kind: string]: Mutexes } | null
    this.#held = held.map(({ name, lock }) => ({ kind: name, parts: [lock] }))
  }

  /** Takes a lock; the step waits while another call holds it. */
  readonly lock = (kind: string, ...owners: readonly object[]): void => {
    const { component, parts } = this.#named(kind, owners)
    if (this.#find(kind, parts) >= 0) this.#break(`${this.#operation} takes ${kind} twice`)
    component?.send({ type: 'acquire' })
    for (const held of this.#held) this.#taken.push([held.kind, kind])
    this.#held.push({ kind, parts })
  }

  /** Drops a lock. */
  readonly unlock = (kind: string, ...owners: readonly object[]): void => {
    const { component, parts } = this.#named(kind, owners)
    const at = this.#find(kind, parts)
    if (at < 0) this.#break(`${this.#operation} drops ${kind}, which it does not hold`)
    this.#held.splice(at, 1)
    component?.send({ type: 'release' })
  }

  /** Those held at the end of a step. */
  kept(): HeldLock[] {
    this.#settle()
    return this.#held.map(({ kind, parts }) => ({ name: kind, lock: parts[0] }))
  }

  /** The call is at its end. */
  end(): void {
    this.#settle()
    if (this.#held.length === 0) return
    const kinds = this.#held.map(({ kind }) => kind).join(' and ')
    this.#break(`${this.#operation} ends with ${kinds} held`)
  }

  /** The step has not waited: the order in which it has taken locks counts. */
  #settle(): void {
    if (this.#broken !== null) throw this.#broken
    for (const [held, taken] of this.#taken) this.#order.note(held, taken, this.#operation)
  }

  #named(kind: string, owners: readonly object[]) {
    this.#order.used = true
    if (this.#view === null) return { component: null, parts: owners }
    const locks = this.#view[kind]
    const component = owners.length === 0 ? locks.only : locks.of(...owners)
    return { component, parts: [component] }
  }

  #find(kind: string, parts: readonly object[]): number {
    return this.#held.findIndex(
      (held) => held.kind === kind && held.parts.every((part, i) => part === parts[i]),
    )
  }

  #break(what: string): never {
    throw (this.#broken = new Refused('locks', what))
  }
}
