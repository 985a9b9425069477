import { retrace, type RetracedStep, type System, type TraceStep } from '../../../checker/index.ts'
import { callerKind, kindOf, failParam } from '../../../checker/inspect.ts'
import type { ProfileName } from '../../../spec/index.ts'
import type { Chosen } from '../observe/runs.ts'

/** A recorded trace, performed through plain XState. */
export interface Sequence {
  /** The run it is from. */
  readonly run: string
  readonly driver: ProfileName
  /** Its calls interleave. */
  readonly interleaved: boolean
  /** Arguments that are free slots, which user space does not name. */
  readonly slots: ReadonlySet<string>
  readonly steps: readonly RetracedStep[]
}

/**
 * Performs a trace of a run; the property it shows, where it is one of the system, is checked.
 * Throws CheckerError where the model has changed since.
 */
export const perform = (
  system: System,
  { name: run, driver }: Pick<Chosen, 'name' | 'driver'>,
  trace: readonly TraceStep[],
  property?: string,
): Sequence => ({
  run,
  driver,
  interleaved: system.callers > 0,
  slots: new Set(
    system.operations.flatMap(({ name, params }) =>
      params.filter(({ param }) => 'free' in param).map((param) => `${name} ${param.name}`),
    ),
  ),
  steps: retrace(system, trace, property).steps,
})

/**
 * A sequence, a call a line: `4. IOMMU_VIOMMU_ALLOC dev=device#1 hwpt=hwptPaging#3 → viommu#4`. `#`
 * stands before an object id; a component without one is named by its slot.
 */
export function sequenceText(
  sequence: Sequence,
  { sorts }: { readonly sorts: ReadonlyMap<ProfileName, Sorts> },
): string {
  const { steps } = sequence
  if (steps.length === 0) return 'nothing is called'
  const digits = String(steps.length).length
  return steps
    .map(
      (step, i) =>
        `${String(i + 1).padStart(digits)}. ${line(step, i === 0 ? new Map() : steps[i - 1].ids, sequence, sorts.get(sequence.driver) ?? new Map())}`,
    )
    .join('\n')
}

/**
 * Fields that the scope fixes of slots, and in which slots differ, by their kind: in the kernel
 * they are arguments of the call that takes the slot.
 */
export type Sorts = ReadonlyMap<string, readonly string[]>

/** The sorts of slots in systems. */
export function sortsOf(systems: readonly System[]): Sorts {
  const values = new Map<string, Map<string, Set<string>>>()
  for (const { name, initial } of systems.flatMap(({ kinds }) =>
    kinds.filter(({ slots }) => slots),
  ))
    for (const { context } of initial)
      for (const [field, value] of Object.entries(context)) {
        // What a slot belongs to is no argument.
        if (typeof value === 'string' && /\[\d+\]$/.test(value)) continue
        const fields = values.get(name) ?? new Map<string, Set<string>>()
        values.set(
          name,
          fields.set(field, (fields.get(field) ?? new Set()).add(JSON.stringify(value))),
        )
      }
  return new Map(
    [...values].map(([name, fields]) => [
      name,
      [...fields].filter(([, all]) => all.size > 1).map(([field]) => field),
    ]),
  )
}

function line(
  { step, ids, before: state }: RetracedStep,
  before: ReadonlyMap<string, number>,
  { interleaved, slots }: Sequence,
  sorts: Sorts,
): string {
  const named = (value: unknown) => {
    const id = typeof value === 'string' ? before.get(value) : undefined
    return id === undefined ? String(value) : `${kindOf(value as string)}#${id}`
  }
  const taken = [...ids].filter(([name, id]) => before.get(name) !== id)
  const args = Object.entries(step.args)
    .filter(
      ([name, value]) =>
        name !== failParam &&
        name !== callerKind &&
        value !== null &&
        !slots.has(`${step.action} ${name}`),
    )
    .map(([name, value]) => ` ${name}=${named(value)}`)
  const taking = Object.entries(step.args).filter(([name]) => slots.has(`${step.action} ${name}`))
  const sort = taking.flatMap(([, slot]) =>
    (sorts.get(kindOf(String(slot))) ?? []).map(
      (field) => ` ${field}=${String(state.get(String(slot))?.context[field])}`,
    ),
  )
  const fails = typeof step.args[failParam] === 'string' ? ` [${step.args[failParam]} fails]` : ''
  const result =
    step.outcome === 'ok' && taken.length > 0
      ? taken.map(([name, id]) => `${kindOf(name)}#${id}`).join(', ')
      : step.outcome
  const caller = /\[(\d+)\]$/.exec(String(step.args[callerKind] ?? ''))?.[1]
  const who = interleaved && caller !== undefined ? `T${caller} ` : ''
  return `${who}${step.action}${args.join('')}${sort.join('')}${fails} → ${result === 'step' ? '…' : result}`
}
