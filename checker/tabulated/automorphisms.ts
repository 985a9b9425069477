/** A permutation of entities that leaves a state as it is. */
export interface Automorphism {
  /** Where each entity goes. */
  readonly to: Int32Array
  /** The entities that go elsewhere. */
  readonly moved: Int32Array
}

/** The automorphism of a permutation. */
export function automorphism(permutation: Int32Array): Automorphism {
  let count = 0
  for (let e = 0; e < permutation.length; e++) if (permutation[e] !== e) count++
  const moved = new Int32Array(count)
  for (let e = permutation.length - 1; count > 0; e--) if (permutation[e] !== e) moved[--count] = e
  return { to: permutation.slice(), moved }
}

/** Which entities automorphisms bring to one another: sets that are joined, each with one root. */
export class Orbits {
  readonly #parent: Int32Array

  constructor(entities: number) {
    this.#parent = new Int32Array(entities)
    this.reset()
  }

  /** Each entity alone. */
  reset(): void {
    for (let e = 0; e < this.#parent.length; e++) this.#parent[e] = e
  }

  /** One entity of the orbit, the same for all of it. */
  root(entity: number): number {
    const parent = this.#parent
    while (parent[entity] !== entity) entity = parent[entity] = parent[parent[entity]]
    return entity
  }

  join({ to, moved }: Automorphism): void {
    for (let i = 0; i < moved.length; i++) {
      const a = this.root(moved[i])
      const b = this.root(to[moved[i]])
      if (a !== b) this.#parent[b] = a
    }
  }
}
