import { CheckerError, system, type Action, type Property, type System } from '../checker/index.ts'
import { actions } from './actions.ts'
import type { Bounds } from './bounds.ts'
import { kindScopes, objects, type Kinds } from './kinds.ts'
import { concerns, hooked } from './path.ts'
import { profiles, type Profile, type ProfileName } from './profiles/index.ts'
import type { Proposal } from './proposal.ts'
import { asMerged } from './rules.ts'
import { scopes, type ScopeName } from './scopes.ts'
import { withTransitions } from './transition.ts'

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
  /** What a proposal would have otherwise; the kernel as merged when left out. */
  readonly proposal?: Proposal
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
 * console.log(report.complete, report.properties.map((p) => p.verdict).join()) // → true proved,proved,proved
 * ```
 */
export function systemOf({
  scope,
  driver: name,
  set = {},
  properties = [],
  proposal,
  actions: only,
}: Chosen): System {
  const bounds: Bounds = { ...scopes[scope], ...set }
  const profile = profiles[name]
  validate(bounds, profile)
  const { rules = {}, hooks = [], ops = {}, transitions = [], omit = [] } = proposal ?? {}
  const merged = only ?? actions(bounds, profile)
  const proposed = new Map(merged.map((action) => [action, hooked(action, hooks)]))
  if (proposal !== undefined) assertChanges(proposal, merged, name)
  return system<Kinds>({
    kinds: withTransitions(kindScopes(bounds, profile), transitions),
    unions: { objects },
    constants: {
      driver: { ...profile.driver, ...ops[name] },
      rule: Object.freeze({ ...asMerged, ...rules }),
    },
    actions: [...proposed.values()],
    properties: properties.map((property) => ofProposed(property, proposed)),
    callers: bounds.callers,
    failures: bounds.failures > 0,
    ...(bounds.callers > 0 ? { deadlock: { terminal: () => false } } : {}),
    omit,
  })
}

/** A property of actions as one of the actions that have taken their place. */
const ofProposed = (
  property: Property<Kinds>,
  proposed: ReadonlyMap<Action, Action>,
): Property<Kinds> =>
  'on' in property && property.on?.some((one) => (proposed.get(one) ?? one) !== one)
    ? { ...property, on: property.on.map((one) => proposed.get(one) ?? one) }
    : property

/** Refuses a proposal of which nothing concerns the calls and the driver chosen. */
function assertChanges(
  { says, rules = {}, hooks = [], ops = {}, transitions = [], omit = [] }: Proposal,
  all: readonly Action[],
  name: ProfileName,
): void {
  if (
    Object.keys(rules).length === 0 &&
    transitions.length === 0 &&
    ops[name] === undefined &&
    omit.length === 0 &&
    !hooks.some((hook) => all.some((action) => concerns(hook, action)))
  )
    throw new CheckerError(
      'CHK027',
      `the proposal that ${says} speaks of no call and no function of ${name} in this scope; choose another driver or scope`,
    )
}
