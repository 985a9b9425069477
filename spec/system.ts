import {
  CheckerError,
  system,
  type Action,
  type KindScopes,
  type Omission,
  type Property,
  type System,
} from '../checker/index.ts'
import { actions } from './actions.ts'
import type { Bounds } from './bounds.ts'
import type { Driver } from './drivers/driver.ts'
import { kindScopes, objects, type Kinds } from './kinds.ts'
import { profiles, type Profile, type ProfileName } from './profiles/index.ts'
import { scopes, type ScopeName } from './scopes.ts'

/** What of the specification is to be explored. */
export interface Chosen {
  /** The scope: how many there are of everything. */
  readonly scope: ScopeName
  /** The profile of hardware. */
  readonly driver: ProfileName
  /** Numbers that replace the scope's. */
  readonly set?: Partial<Bounds>
  /** What is to be checked; none when left out. */
  readonly properties?: readonly Property<Kinds>[]
  /** Sends that a mutation leaves out. */
  readonly omit?: readonly Omission[]
  /** Kinds whose scope a mutation replaces, a machine for instance. */
  readonly kinds?: KindScopes<Kinds>
  /** Functions of the driver that a mutation replaces. */
  readonly ops?: Partial<Driver>
  /** Actions in place of all others. */
  readonly actions?: readonly Action[]
}

/** Refuses numbers that make no system. */
function validate(bounds: Bounds, profile: Profile): void {
  for (const [name, value] of Object.entries(bounds))
    if (!Number.isInteger(value) || value < 0)
      throw new CheckerError('CHK013', `${name} is ${value}; use a whole number from 0 on`)
  if (bounds.groups < 1 || bounds.groups > bounds.devices)
    throw new CheckerError(
      'CHK013',
      `${bounds.groups} groups for ${bounds.devices} devices; every group needs a device, and every device a group`,
    )
  if (profile.devices === 'mock' && bounds.groups !== bounds.devices)
    throw new CheckerError(
      'CHK013',
      `${bounds.groups} groups for ${bounds.devices} mock devices, which have a group each; set both alike`,
    )
}

/**
 * The system of a named scope on a driver.
 *
 * @example
 * ```ts
 * import { systemOf } from 'iommufd-spec'
 * import { check } from 'iommufd-spec/checker'
 *
 * const report = await check(systemOf({ scope: 'smoke', driver: 'smmuv3', set: { viommus: 0, vdevices: 0, nested: 0 } }))
 * console.log(report.complete, report.properties.map((p) => p.verdict).join()) // → true proved,proved
 * ```
 */
export function systemOf({
  scope,
  driver: name,
  set = {},
  properties = [],
  omit,
  kinds = {},
  ops,
  actions: only,
}: Chosen): System {
  const bounds: Bounds = { ...scopes[scope], ...set }
  const profile = profiles[name]
  validate(bounds, profile)
  return system<Kinds>({
    kinds: { ...kindScopes(bounds, profile), ...kinds },
    unions: { objects },
    constants: { driver: { ...profile.driver, ...ops } },
    actions: only ?? actions(bounds, profile),
    properties,
    callers: bounds.callers,
    failures: bounds.failures > 0,
    ...(bounds.callers > 0 ? { deadlock: { terminal: () => false } } : {}),
    ...(omit === undefined ? {} : { omit }),
  })
}
