import { CheckerError } from './errors.ts'
import type { Kind, System } from './system.ts'
import { assertAspect, assertSystem } from './validate/arguments.ts'

/** What of the components of a kind is told apart. */
export interface Aspect {
  /** The name of a kind that has components. */
  readonly kind: string
  /** One component alone, by its number; null for all of the kind. */
  readonly instance: number | null
  /** A field of the context, `*` for everything, null for the state. */
  readonly field: string | null
}

/**
 * How an aspect is written: `viommu`, `group[0].domain`, `hwptPaging.*`.
 *
 * @example
 * ```ts
 * import { aspectText } from 'iommufd-spec/checker'
 *
 * console.log(aspectText({ kind: 'group', instance: 0, field: 'domain' })) // → group[0].domain
 * ```
 */
export function aspectText(aspect: Aspect): string {
  assertAspect(aspect, 'the aspect')
  const { kind, instance, field } = aspect
  return `${kind}${instance === null ? '' : `[${instance}]`}${field === null ? '' : `.${field}`}`
}

/**
 * Everything of every component: the state graph itself.
 *
 * @example
 * ```ts
 * import { aspectText, everything, model, system } from 'iommufd-spec/checker'
 * import { createMachine } from 'xstate'
 *
 * const lamp = createMachine({ initial: 'off', states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } } })
 * interface Kinds {
 *   readonly lamp: typeof lamp
 * }
 * const { action, each } = model<Kinds>()
 * const press = action('press', { lamp: each('lamp') }, ({ lamp }) => lamp.send({ type: 'press' }))
 * const lamps = system<Kinds>({ kinds: { lamp: { machine: lamp, count: 2 } }, actions: [press] })
 * console.log(everything(lamps).map(aspectText).join()) // → lamp[0].*,lamp[1].*
 * ```
 */
export function everything(system: System): Aspect[] {
  assertSystem(system, 'everything')
  return system.kinds
    .filter((kind) => kind.machine !== null)
    .flatMap((kind) =>
      Array.from({ length: kind.count }, (_, instance) => ({
        kind: kind.name,
        instance,
        field: '*',
      })),
    )
}

/**
 * The kind that an aspect speaks of.
 *
 * @throws CheckerError CHK011 where it names what is not there
 */
export function kindOfAspect(system: System, aspect: Aspect): Kind {
  const kind = system.kinds.find((k) => k.name === aspect.kind && k.machine !== null)
  const names = system.kinds.filter((k) => k.machine !== null && k.count > 0).map((k) => k.name)
  if (kind === undefined || kind.count === 0)
    throw new CheckerError(
      'CHK011',
      `there is no component '${aspect.kind}' here; there are ${names.join(', ')}`,
    )
  if (aspect.instance !== null && aspect.instance >= kind.count)
    throw new CheckerError(
      'CHK011',
      `there is no ${kind.name}[${aspect.instance}]; there are ${kind.count}, numbered from 0`,
    )
  const fields = Object.keys(kind.initial[0].context)
  if (aspect.field !== null && aspect.field !== '*' && !fields.includes(aspect.field))
    throw new CheckerError(
      'CHK011',
      `${kind.name} has no field '${aspect.field}'; it has ${fields.join(', ') || 'none'}`,
    )
  return kind
}
