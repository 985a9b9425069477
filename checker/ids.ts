import type { Ids } from './params.ts'
import { assertComponent, assertId } from './validate/arguments.ts'

/**
 * The object ids of one descriptor, by component name. Numbering is lowest-free from 1. An id that
 * was taken and is not given back stays taken; a tombstone keeps its number until the descriptor is
 * closed.
 *
 * @example
 * ```ts
 * import { ObjectIds } from 'iommufd-spec/checker'
 *
 * const ids = new ObjectIds()
 * ids.take('ioas[0]')
 * ids.take('viommu[0]')
 * ids.give('ioas[0]')
 * ids.take('hwptPaging[0]')
 * console.log(ids.of('hwptPaging[0]'), ids.of('viommu[0]'), ids.of('ioas[0]')) // → 1 2 null
 * ```
 */
export class ObjectIds implements Ids<string> {
  readonly #ids = new Map<string, number>()
  readonly #taken = new Set<number>()

  take(name: string): void {
    assertComponent(name, 'take')
    let id = 1
    while (this.#taken.has(id)) id++
    this.#taken.add(id)
    this.#ids.set(name, id)
  }

  give(name: string): void {
    assertComponent(name, 'give')
    const id = this.of(name)
    if (id !== null) this.#taken.delete(id)
    this.#ids.delete(name)
  }

  tombstone(name: string): void {
    assertComponent(name, 'tombstone')
    this.#ids.delete(name)
  }

  /** Takes an id for an object that the system does not know, given back by {@link release}. */
  reserve(id: number): void {
    assertId(id)
    this.#taken.add(id)
  }

  /** Gives back an id that was taken by {@link reserve}. */
  release(id: number): void {
    assertId(id)
    this.#taken.delete(id)
  }

  /** Ids as they are now, which later changes do not touch. */
  copy(): ObjectIds {
    const copy = new ObjectIds()
    for (const [name, id] of this.#ids) copy.#ids.set(name, id)
    for (const id of this.#taken) copy.#taken.add(id)
    return copy
  }

  close(): void {
    this.#ids.clear()
    this.#taken.clear()
  }

  /** The component's id, or null where it has none. */
  of(name: string): number | null {
    assertComponent(name, 'of')
    return this.#ids.get(name) ?? null
  }

  /** All ids of this moment, by component name. */
  now(): ReadonlyMap<string, number> {
    return new Map(this.#ids)
  }
}

/**
 * Keeps what a call says of ids until it is known that the call took place; then `apply` tells it
 * to `ids`.
 */
export function heard(): { readonly record: Ids<string>; apply(ids: ObjectIds): void } {
  const said: ((ids: ObjectIds) => void)[] = []
  const record: Ids<string> = {
    take: (name) => void said.push((ids) => ids.take(name)),
    give: (name) => void said.push((ids) => ids.give(name)),
    tombstone: (name) => void said.push((ids) => ids.tombstone(name)),
    close: () => void said.push((ids) => ids.close()),
  }
  return { record, apply: (ids) => said.forEach((tell) => tell(ids)) }
}
