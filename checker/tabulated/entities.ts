import { refText, type Kind, type System } from '../system.ts'

const pattern = /^(~?)([A-Za-z_$][\w$]*)\[(\d+)\]$/

/** Finds references in plain JSON and turns them into entity numbers. */
export class Entities {
  readonly system: System
  /** The kind of each entity. */
  readonly kindOf: readonly Kind[]
  readonly #byName: ReadonlyMap<string, Kind>

  constructor(system: System) {
    this.system = system
    this.kindOf = system.kinds.flatMap((kind) => Array.from({ length: kind.count }, () => kind))
    this.#byName = new Map(system.kinds.map((kind) => [kind.name, kind]))
  }

  /** The entity that a text names, or null where the text is no reference. */
  parse(
    text: string,
  ): { readonly entity: number; readonly kind: Kind; readonly weak: boolean } | null {
    const match = pattern.exec(text)
    const kind = match === null ? undefined : this.#byName.get(match[2])
    if (match === null || kind === undefined) return null
    return { entity: kind.base + Number(match[3]), kind, weak: match[1] === '~' }
  }

  text(entity: number): string {
    const kind = this.kindOf[entity]
    return refText(kind.name, entity - kind.base)
  }
}

/**
 * The components that a component of a kind declared per others belongs to, in the order of their
 * kinds.
 */
export function ownersOf(kind: Kind, component: number): number[] {
  let factor = kind.count
  return kind.per.map((owner) => {
    factor /= owner.count
    return owner.base + (Math.floor((component - kind.base) / factor) % owner.count)
  })
}
