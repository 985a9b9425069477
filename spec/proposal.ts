import type { AnyStateMachine } from 'xstate'
import { CheckerError, type Action, type AnyPath, type Omission } from '../checker/index.ts'
import { allActions } from './actions.ts'
import type { Driver } from './drivers/driver.ts'
import type { Hook } from './hooks.ts'
import { kinds, type KindName } from './kinds.ts'
import { stepsOf } from './path.ts'
import { profiles, type ProfileName } from './profiles/index.ts'
import { rules, type Rules } from './rules.ts'
import type { Transition } from './transition.ts'

/** The kernel's rules otherwise: what a patch would change, and who has posted it. */
export interface ProposalText {
  /** What it changes, as a clause. */
  readonly says: string
  /** Where it was posted; left out for one's own. */
  readonly source?: string
  /** Rules that are answered otherwise. */
  readonly rules?: Partial<Rules>
  /** Checks and effects before and after actions. */
  readonly hooks?: readonly Hook[]
  /** Functions of drivers that take the place of others. */
  readonly ops?: { readonly [P in ProfileName]?: Partial<Driver> }
  /** Transitions of machines that take the place of others. */
  readonly transitions?: readonly Transition[]
  /** What actions do not send any more. */
  readonly omit?: readonly Omission[]
}

declare const checked: unique symbol
/** What {@link proposal} has made. */
export interface Proposal extends ProposalText {
  /** @internal */
  readonly [checked]: true
}

const among = (what: string, name: string, names: readonly string[]): void => {
  if (!names.includes(name))
    throw new CheckerError('CHK011', `there is no ${what} '${name}'; use ${names.join(', ')}`)
}
const nothing = (says: string, what: string): CheckerError =>
  new CheckerError('CHK027', `the proposal that ${says} ${what}`)

/**
 * A proposal. It is refused where it names what is not there, and where it changes nothing.
 *
 * @example
 * ```ts
 * import { check } from 'iommufd-spec/checker'
 * import { proposal, systemOf } from 'iommufd-spec'
 * import { propertiesFor } from 'iommufd-spec/properties'
 *
 * const twice = proposal({ says: 'a device has several VDEVICEs', rules: { oneVdevicePerDevice: false } })
 * const set = { vdevices: 2, virtIds: 2, failures: 0, owners: 0 }
 * const properties = propertiesFor('smoke', 'smmuv3', set).filter((p) => p.id === 'one-vdevice-per-device')
 * const report = await check(systemOf({ scope: 'smoke', driver: 'smmuv3', set, proposal: twice, properties }))
 * console.log(report.properties.find((p) => p.id === 'one-vdevice-per-device')?.verdict) // → violated
 * ```
 */
export function proposal(text: ProposalText): Proposal {
  const { says, rules: answers = {}, hooks = [], ops = {}, transitions = [], omit = [] } = text
  for (const name of Object.keys(text)) among('part of a proposal', name, parts)
  for (const [name, answer] of Object.entries(answers)) assertAnswer(says, name, answer)
  hooks.forEach(assertHook)
  for (const [name, theirs] of Object.entries(ops)) assertOps(says, name, theirs)
  for (const { kind, state, event } of transitions) {
    assertEvent(kind, event)
    among(`state of a ${kind}:`, state, Object.keys(statesOf(kind)))
  }
  for (const { action, kind, event } of omit) {
    among('action', action, actionNames)
    assertEvent(kind, event)
  }
  const said = [answers, hooks, ...Object.values(ops), transitions, omit]
  if (said.every((part) => Object.keys(part).length === 0))
    throw nothing(says, 'says of nothing how it would be')
  return Object.freeze({ ...text }) as Proposal
}

/** A rule must be there, and the answer be one of its others. */
function assertAnswer(says: string, name: string, answer: boolean | string): void {
  among('rule', name, Object.keys(rules))
  const answers: readonly (boolean | string)[] = rules[name as keyof Rules].answers
  if (!answers.includes(answer))
    throw new CheckerError(
      'CHK011',
      `there is no answer ${JSON.stringify(answer)} to the rule ${name}; use ${answers.join(', ')}`,
    )
  if (answer === answers[0])
    throw nothing(says, `answers the rule ${name} as the kernel does: ${String(answer)}`)
}

/** What a hook is on must be there. */
function assertHook({ on, at }: Hook): void {
  const target = Object(on) as Partial<Action & AnyPath>
  if (target.begin !== undefined)
    return among('step of a path', String(at), Object.keys(target.steps ?? {}))
  among('action', String(target.name), actionNames)
  const action = allActions.find(({ name }) => name === target.name)
  if (at !== null && action !== undefined)
    among(`step of ${action.name}:`, String(at), Object.keys(stepsOf(action)))
}

/** Functions of a driver must be those of its interface, and others than it has. */
function assertOps(says: string, name: string, ops: Partial<Driver>): void {
  among('driver', name, Object.keys(profiles))
  const theirs = profiles[name as ProfileName].driver
  for (const [op, run] of Object.entries(ops)) {
    among('function of a driver', op, driverOps)
    if (run === theirs[op as keyof Driver]) throw nothing(says, `gives ${name} the ${op} it has`)
  }
}

function machineOf(kind: string): AnyStateMachine {
  among('kind', kind, Object.keys(kinds))
  const { machine } = kinds[kind as KindName]
  if (machine !== null && 'states' in machine) return machine
  throw new CheckerError('CHK011', `${kind} is a set of values, without transitions`)
}
const statesOf = (kind: string): object => machineOf(kind).states
const assertEvent = (kind: string, event: string): void =>
  among(`event of a ${kind}:`, event, machineOf(kind).events)

const actionNames = allActions.map(({ name }) => name)
const parts: readonly (keyof ProposalText)[] = [
  'says',
  'source',
  'rules',
  'hooks',
  'ops',
  'transitions',
  'omit',
]
const driverOps: readonly (keyof Driver)[] = [
  'attachDev',
  'domainAllocNested',
  'viommuInit',
  'allocDomainNested',
  'vdeviceInit',
  'writeEntry',
]
