import { CheckerError } from './errors.ts'
import type { Local } from './machine.ts'
import type { Configuration } from './reference/view.ts'
import type { TraceStep } from './report.ts'
import { refText, type System } from './system.ts'

/** What stands first in a trace of a system that has several starts. */
export const initAction = 'init'

/** One way in which a system starts. */
export interface Start {
  readonly state: Configuration
  /**
   * The first step of a trace from there: the number of the input, for each component that has
   * several. Null where the system starts in one way alone.
   */
  readonly init: TraceStep | null
}

interface Choice {
  readonly name: string
  readonly locals: readonly Local[]
}

const choices = ({ kinds }: System): Choice[] =>
  kinds.flatMap((kind) => kind.starts.map((locals, i) => ({ name: refText(kind.name, i), locals })))

/** All ways in which a system starts; of several inputs, the last component's vary first. */
export function* starts(system: System): Generator<Start> {
  const all = choices(system)
  const at = all.map(() => 0)
  for (;;) {
    yield startAt(all, at)
    let c = all.length - 1
    while (c >= 0 && at[c] === all[c].locals.length - 1) at[c--] = 0
    if (c < 0) return
    at[c]++
  }
}

/** The first of all ways in which a system starts. */
export function firstStart(system: System): Start {
  const all = choices(system)
  return startAt(
    all,
    all.map(() => 0),
  )
}

/** No initial state is left to explore from. */
export const noStart = (assumption: string): CheckerError =>
  new CheckerError('CHK013', `the initial state is ruled out by '${assumption}'`)

function startAt(all: readonly Choice[], at: readonly number[]): Start {
  const several = all.flatMap(({ name, locals }, c): [string, number][] =>
    locals.length > 1 ? [[name, at[c]]] : [],
  )
  return {
    state: new Map(all.map(({ name, locals }, c) => [name, locals[at[c]]])),
    init:
      several.length === 0
        ? null
        : { action: initAction, args: Object.fromEntries(several), outcome: 'ok' },
  }
}

/**
 * Where a trace starts, and the calls that follow.
 *
 * @throws CheckerError CHK016 where it does not say where it starts, and could start elsewhere
 */
export function startOf(
  system: System,
  trace: readonly TraceStep[],
): { readonly start: Start; readonly calls: readonly TraceStep[] } {
  const all = choices(system)
  const first = startAt(
    all,
    all.map(() => 0),
  )
  if (first.init === null) return { start: first, calls: trace }
  const [init, ...calls] = trace
  if (init === undefined || init.action !== initAction)
    throw new CheckerError(
      'CHK016',
      `the trace does not begin with '${initAction}', which says in which of its initial states the system starts`,
    )
  for (const name of Object.keys(init.args))
    if (!(name in first.init.args))
      throw new CheckerError('CHK016', `${initAction} names '${name}', which has but one start`)
  const at = all.map(({ name, locals }) => {
    const given = locals.length === 1 ? 0 : init.args[name]
    if (typeof given !== 'number' || !(given in locals))
      throw new CheckerError(
        'CHK016',
        `${initAction} says ${JSON.stringify(given) ?? 'nothing'} for '${name}', which has ${locals.length} starts, from 0`,
      )
    return given
  })
  return { start: startAt(all, at), calls }
}
