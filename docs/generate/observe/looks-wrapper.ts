import type { System } from '../../../checker/index.ts'
import { callerKind, type Operation } from '../../../checker/inspect.ts'
import type { Way } from './look.ts'
import { Notes, type Caller, type Data, type Ids } from './notes.ts'
import { addSent, type Senders } from './senders.ts'
import type { StepWay } from './step-ways.ts'

/**
 * All ways that were met, each once: through whole calls, and through the steps of interleaved
 * paths.
 */
export interface Met {
  readonly ways: Map<string, Way>
  readonly steps: Map<string, StepWay>
  readonly senders: Senders
}

/**
 * The same system, whose actions note what they look at. The engines run user code once for every
 * way that differs in what it sees, so a search meets all ways of the scope.
 */
export const recorded = (system: System, met: Met): System => ({
  ...system,
  operations: system.operations.map((operation) => ({
    ...operation,
    run: (args, view, ids) =>
      operation.params.some(({ name }) => name === callerKind)
        ? runStep(system, operation, met, args, view, ids)
        : runWhole(system, operation, met, args, view, ids),
  })),
})

/**
 * Runs a whole call, and tells its way; none where it is not enabled, or where it is not to be told
 * what it looks at.
 */
export function wayOf(
  system: System,
  operation: Operation,
  args: Record<string, unknown>,
  view: unknown,
  ids: Ids,
): { readonly outcome: string | null; readonly way: Way | null; readonly notes: Notes } {
  // Where two arguments are one object, it is not to be told which of them is looked at.
  const same = sameTwice(Object.values(args))
  const notes = new Notes(system)
  const outcome = operation.run(notes.args(args), notes.view(view), notes.ids(ids))
  return {
    outcome,
    way:
      same || outcome === null
        ? null
        : { action: operation.action.name, looks: notes.looks, outcome },
    notes,
  }
}

function runWhole(
  system: System,
  operation: Operation,
  { ways, senders }: Met,
  args: Record<string, unknown>,
  view: unknown,
  ids: Ids,
): string | null {
  const { outcome, way, notes } = wayOf(system, operation, args, view, ids)
  if (way !== null) ways.set(JSON.stringify(way), way)
  addSent(senders, operation.action, kindsOf(args), notes)
  return outcome
}

function runStep(
  system: System,
  operation: Operation,
  { steps, senders }: Met,
  args: Record<string, unknown>,
  view: unknown,
  ids: Ids,
): string | null {
  const notes = new Notes(system)
  const { [callerKind]: caller, ...own } = args
  const path = notes.path(caller as Caller)
  const outcome = operation.run(
    { ...notes.args(own), [callerKind]: path.caller },
    notes.view(view),
    notes.ids(ids),
  )
  const { from, to, args: named } = path.seen
  addSent(senders, operation.action, kindsOf(named ?? own), notes)
  if (outcome === null) return outcome
  const { name, steps: all } = operation.action
  const step: StepWay = {
    action: name,
    step: from === null ? all[0].name : from.at.slice(name.length + 1),
    kinds: kindsOf(named ?? own),
    same: sameTwice(Object.values(named ?? own)),
    from,
    looks: notes.looks,
    end: to ?? { outcome },
  }
  steps.set(JSON.stringify(step), step)
  return outcome
}

const kindsOf = (args: Data): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => {
      const kind = (value as { readonly kind?: unknown } | null)?.kind
      return typeof kind === 'string' ? [[name, kind]] : []
    }),
  )

function sameTwice(values: readonly unknown[]): boolean {
  const handles = values.filter((value) => typeof value === 'object' && value !== null)
  return new Set(handles).size < handles.length
}
