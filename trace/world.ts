import { play, start, type Moment, type System } from '../checker/index.ts'

/** What is known of a component beside its state in the model. */
export type Trait =
  | 'IOMMU_HWPT_ALLOC_DIRTY_TRACKING'
  | 'IOMMU_HWPT_ALLOC_PASID'
  | 'IOMMU_HWPT_FAULT_ID_VALID'
  | 'MOCK_FLAGS_DEVICE_NO_DIRTY'
  /** An IOAS with maps, allowed ranges or options. */
  | 'filled'
  /** A vIOMMU with a page that user space can map. */
  | 'mappable'

/**
 * Something that the model does not have: an object, which has an id, or the attachment of a PASID.
 */
export interface OutsideObject {
  /** The name under which it has its id. */
  readonly name: string
  readonly what: string
  /** The line of the call that made it. */
  readonly madeAt: number
  /** What it holds by references: components, and objects outside the model. */
  readonly holds: readonly string[]
  /** It dies when the file of the object is closed. */
  readonly diesWithFd: boolean
  /** The object that it goes with: the access of a hardware queue. */
  readonly partOf: string | null
}

/**
 * A context as far as the log has come: the model's moment, and what stands beside it. Never
 * changed, only copied.
 */
export interface World {
  readonly system: System
  readonly moment: Moment
  readonly outsideObjects: ReadonlyMap<string, OutsideObject>
  readonly traits: ReadonlyMap<string, ReadonlySet<Trait>>
  /** The values that stand for virtual ids, by the number in the log. */
  readonly virtIds: ReadonlyMap<string, string>
  /** vIOMMUs by the offset at which user space can map their page. */
  readonly pages: ReadonlyMap<string, string>
  /** Why nothing can be said of the context any more. */
  readonly lost: string | null
}

/** A context just opened; `virtIds` are all that the log has of it. */
export function opened(system: System, virtIds: World['virtIds']): World {
  const moment = play(system, start(system), 'open(/dev/iommu)', {})?.next as Moment
  return {
    system,
    moment,
    outsideObjects: new Map(),
    traits: new Map(),
    virtIds,
    pages: new Map(),
    lost: null,
  }
}

/** The component or object that has an id; null where the id names nothing. */
export function named(world: World, id: number): string | null {
  for (const [name, its] of world.moment.ids.now()) if (its === id) return name
  return null
}

/** What holds a component or object, beside the model's own references. */
export const holders = (world: World, name: string): OutsideObject[] =>
  [...world.outsideObjects.values()].filter((s) => s.holds.includes(name))

export const has = (world: World, name: string, trait: Trait): boolean =>
  world.traits.get(name)?.has(trait) ?? false

/** The world after the model has moved: what was known of components that are gone is forgotten. */
export function moved(world: World, moment: Moment): World {
  const there = moment.ids.now()
  const traits = new Map([...world.traits].filter(([name]) => there.has(name)))
  const pages = new Map([...world.pages].filter(([, name]) => there.has(name)))
  const outsideObjects = new Map(
    [...world.outsideObjects].map(([name, object]) => [
      name,
      { ...object, holds: object.holds.filter((held) => there.has(held)) },
    ]),
  )
  return { ...world, moment, traits, pages, outsideObjects }
}

export function withTraits(world: World, name: string, traits: readonly Trait[]): World {
  if (traits.length === 0) return world
  return {
    ...world,
    traits: new Map(world.traits).set(
      name,
      new Set([...(world.traits.get(name) ?? []), ...traits]),
    ),
  }
}

/** Objects outside the model that come; those with ids take the lowest free ones in turn. */
export function arrived(
  world: World,
  coming: readonly (OutsideObject & { readonly hasId: boolean })[],
): World {
  const ids = world.moment.ids.copy()
  const outsideObjects = new Map(world.outsideObjects)
  for (const { hasId, ...object } of coming) {
    if (hasId) ids.take(object.name)
    outsideObjects.set(object.name, object)
  }
  return { ...world, outsideObjects, moment: { ...world.moment, ids } }
}

/** Objects outside the model that go, with what goes with them; their ids are free again. */
export function departed(world: World, goes: (object: OutsideObject) => boolean): World {
  const ids = world.moment.ids.copy()
  const outsideObjects = new Map(world.outsideObjects)
  const gone = new Set([...outsideObjects.values()].filter(goes).map(({ name }) => name))
  for (const { name, partOf } of world.outsideObjects.values()) {
    if (!gone.has(name) && !(partOf !== null && gone.has(partOf))) continue
    outsideObjects.delete(name)
    ids.give(name)
  }
  return { ...world, outsideObjects, moment: { ...world.moment, ids } }
}

export const lose = (world: World, why: string): World =>
  world.lost === null ? { ...world, lost: why } : world

/** Ids above those in use that are looked at: a tombstone there tells worlds apart. */
const spareIds = 8

/** Text that is equal for worlds that nothing tells apart. */
export function keyOf({ moment, outsideObjects, traits, lost }: World): string {
  const free = moment.ids.copy()
  const next = Array.from({ length: spareIds }, (_, i) => {
    free.take(`free ${i}`)
    return free.of(`free ${i}`)
  })
  const outside = [
    [...outsideObjects.values()].sort(byName),
    [...traits].map(([name, its]) => [name, ...its].sort()).sort(),
  ]
  return JSON.stringify([
    [...moment.state.values()],
    [...moment.ids.now()].sort(),
    next,
    outside,
    lost,
  ])
}

const byName = (a: OutsideObject, b: OutsideObject) => a.name.localeCompare(b.name)
