import type { Action, Property, System } from '../../../checker/index.ts'
import { builtIn, callerKind } from '../../../checker/inspect.ts'
import { machines } from '../../../spec/machines.ts'
import { isCheckCover, isOwn } from '../observe/covers.ts'
import { mergeEffects, type Effect } from '../observe/effects.ts'
import type { RunFacts } from '../observe/facts.ts'
import { machineText, type MachineText } from '../observe/machine-text.ts'
import { namesOf, type Naming } from './naming.ts'
import type { ProfileName } from '../../../spec/index.ts'
import { build } from '../observe/runs.ts'
import { perform, sortsOf, type Sequence, type Sorts } from './sequence.ts'
import { distinctSteps, speaksOf } from './speaks-of.ts'

/** A lifecycle, and the kinds of object that live by it. */
export interface Lifecycle {
  readonly text: MachineText
  readonly kinds: readonly string[]
}

/** A property, and what became of it. */
export interface PropertyEntry {
  readonly property: Pick<Property<never>, 'id' | 'says' | 'source'> & {
    readonly on?: readonly Action[] | undefined
    readonly kind: Property<never>['kind'] | 'built-in'
  }
  readonly verdicts: readonly { readonly run: RunFacts; readonly verdict: string }[]
  readonly kinds: ReadonlySet<string>
}

/** An action, and the drivers that have it. */
export interface ActionEntry {
  readonly action: Action
  readonly drivers: readonly string[]
}

/** All that the pages are written from. */
export interface Book {
  readonly runs: readonly RunFacts[]
  readonly lifecycles: readonly Lifecycle[]
  readonly actions: readonly ActionEntry[]
  readonly properties: readonly PropertyEntry[]
  /** The cover of an action's error, by `action errno`. */
  readonly errors: ReadonlyMap<string, string>
  /** Sequences by the property that they show. */
  readonly sequences: ReadonlyMap<string, Sequence>
  /** What calls change, in all states of the small systems. */
  readonly effects: readonly Effect[]
  readonly names: readonly Naming[]
  readonly sorts: ReadonlyMap<ProfileName, Sorts>
}

const own: readonly PropertyEntry['property'][] = Object.entries(builtIn).map(([id, says]) => ({
  id,
  kind: 'built-in',
  says,
}))

/**
 * Gathers what the machines, the actions and the properties say, and what the runs told of them.
 */
export function makeBook(runs: readonly RunFacts[]): Book {
  const systems = runs.map((run) => ({ run, system: build(run) }))
  const sequences = new Map<string, Sequence>()
  for (const { run, system } of systems)
    for (const { id, trace } of run.properties)
      if (trace !== undefined)
        sequences.set(id, perform(system, run, trace, isCheckCover(id) ? undefined : id))
  const all = [...sequences.values()]
  const drivers = [...new Set(runs.map(({ driver }) => driver))]
  return {
    runs,
    lifecycles: lifecycles(systems.map((s) => s.system)),
    actions: actions(systems),
    properties: properties(systems, sequences),
    errors: new Map(
      systems.flatMap(({ system }) =>
        system.properties.flatMap((p) =>
          p.kind === 'cover' && p.outcome !== undefined && p.outcome !== 'step' && !isOwn(p.id)
            ? (p.on ?? []).map(({ name }) => [`${name} ${p.outcome}`, p.id])
            : [],
        ),
      ),
    ),
    sequences,
    effects: mergeEffects(runs.flatMap((run) => run.effects)),
    names: namesOf(all),
    sorts: new Map(
      drivers.map((driver) => [
        driver,
        sortsOf(systems.filter((s) => s.run.driver === driver).map((s) => s.system)),
      ]),
    ),
  }
}

type Systems = readonly { readonly run: RunFacts; readonly system: System }[]

function lifecycles(systems: readonly System[]): Lifecycle[] {
  const kindsOf = (id: string) => [
    ...new Set(
      systems.flatMap((s) =>
        s.kinds.filter((k) => k.machine?.logic.id === id && k.count > 0).map((k) => k.name),
      ),
    ),
  ]
  return [...new Set(Object.values(machines))]
    .map((machine) => machineText(machine as never))
    .filter(({ states }) => states.length > 0)
    .map((text) => ({ text, kinds: kindsOf(text.id) }))
}

function actions(systems: Systems): ActionEntry[] {
  const found = new Map<string, { action: Action; drivers: Set<string> }>()
  for (const { run, system } of systems)
    for (const { action } of system.operations) {
      const entry = found.get(action.name) ?? { action, drivers: new Set<string>() }
      entry.drivers.add(run.driver)
      found.set(action.name, entry)
    }
  return [...found.values()].map(({ action, drivers }) => ({ action, drivers: [...drivers] }))
}

function properties(systems: Systems, sequences: ReadonlyMap<string, Sequence>): PropertyEntry[] {
  const declared = new Map<string, { property: PropertyEntry['property']; kinds: Set<string> }>(
    own.map((property) => [property.id, { property, kinds: new Set<string>() }]),
  )
  for (const { run, system } of systems) {
    const own = distinctSteps([...sequences.values()].filter((s) => s.run === run.name))
    for (const property of system.properties) {
      if (isOwn(property.id)) continue
      const entry = declared.get(property.id) ?? { property, kinds: new Set<string>() }
      for (const kind of speaksOf(system, property, own))
        if (kind !== callerKind) entry.kinds.add(kind)
      declared.set(property.id, entry)
    }
  }
  return [...declared.values()].flatMap(({ property, kinds }) => {
    const verdicts = systems.flatMap(({ run }) =>
      run.properties.filter((p) => p.id === property.id).map(({ verdict }) => ({ run, verdict })),
    )
    return verdicts.length === 0 ? [] : [{ property, verdicts, kinds }]
  })
}
