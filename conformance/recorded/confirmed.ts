import { alone, type Alone } from '../generate/alone.ts'
import type { Targets } from '../generate/targets.ts'
import { reasonOf } from '../generate/unreachable.ts'
import type { Recorded, RecordedFrom } from './answers.ts'
import { hold, recordedSystem, type Held } from './hold.ts'

/** What a kernel has shown, transition by transition, for the documents. */
export interface Confirmed {
  readonly kernel: string
  readonly driver: string
  /** Transitions of machines that it was seen to take, or to refuse, as the model does. */
  readonly confirmed: readonly string[]
  /** Transitions that no sequence of calls reaches with this driver, by the reason. */
  readonly unreachable: Readonly<Record<string, readonly string[]>>
}

/** Kinds can share a machine: what one of them reaches is reached. */
const machineOf = (transition: string) => transition.slice(transition.indexOf(': ') + 2)

/**
 * What recorded answers confirm. `reached` are the transitions that calls reach, and `alone` what
 * lifecycles allow, both by kind.
 */
function confirmedBy(
  from: RecordedFrom,
  { taken }: Held,
  alone: Alone,
  reached: ReadonlySet<string>,
): Confirmed {
  const reachable = new Set([...reached].map(machineOf))
  const unreachable: Record<string, string[]> = {}
  for (const transition of [...alone.transitions].sort()) {
    const name = machineOf(transition)
    if (reachable.has(name) || Object.values(unreachable).some((names) => names.includes(name)))
      continue
    ;(unreachable[reasonOf(transition) ?? 'not known'] ??= []).push(name)
  }
  return {
    kernel: `Linux ${from.kernel.release.replace(/-.*$/, '')}`,
    driver: from.driver,
    confirmed: [...taken].sort(),
    unreachable,
  }
}

/**
 * The same as JSON: recorded answers are held against the model once more, through plain XState.
 */
export function confirmedText(
  recorded: Recorded,
  { targets }: { readonly targets: Targets },
): string {
  const system = recordedSystem()
  return `${JSON.stringify(confirmedBy(recorded.from, hold(recorded, system), alone(system), targets.transitions), null, 2)}\n`
}
