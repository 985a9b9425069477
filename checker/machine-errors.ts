import type { AnyMachineSnapshot } from 'xstate'
import { evaluateGuard } from 'xstate/guards'
import { CheckerError } from './errors.ts'

/** Microsteps after which a machine is taken never to come to rest. */
export const mostMicrosteps = 10_000

/** A machine goes on for ever; `names` are the transitions that it took last. */
export function restless(where: string, names: readonly string[]): CheckerError {
  const round = [...new Set(names)]
  return new CheckerError(
    'CHK022',
    `${where}: ${mostMicrosteps} microsteps and no rest (${round.join(', ')}); a cycle of always or of raised events needs a guard that ends it`,
  )
}

/** A machine has answered in two ways what it was asked in one. */
export const undecided = (kind: string, event: string): CheckerError =>
  new CheckerError(
    'CHK006',
    `${kind}, event ${event}: the machine came to something else when it was asked the same again; its guards and actions must depend on context and event alone`,
  )

/**
 * What has been thrown within a step, with its code: by a guard, by an assign, or by XState itself.
 *
 * @param at - the snapshot in which guards were asked last
 */
export function thrown(
  where: string,
  error: unknown,
  at: AnyMachineSnapshot | null,
  event: { readonly type: string },
): CheckerError {
  if (error instanceof CheckerError) return error
  const text = error instanceof Error ? error.message : String(error)
  if (text.startsWith('Infinite loop detected'))
    return new CheckerError('CHK022', `${where}: ${text}`, { cause: error })
  const guard = at === null ? null : failingGuard(at, event, text)
  return guard === null
    ? new CheckerError('CHK008', `${where}: ${text}`, { cause: error })
    : new CheckerError('CHK014', `${where}: a guard threw: ${guard.text}`, { cause: guard.error })
}

interface Guarded {
  readonly guard?: unknown
  readonly eventType: string
}
interface Node {
  readonly transitions: ReadonlyMap<string, readonly Guarded[]>
  readonly always?: readonly Guarded[]
}

/** XState keeps the words alone of what a guard throws: the guard is asked again. */
function failingGuard(
  at: AnyMachineSnapshot,
  event: { readonly type: string },
  text: string,
): { readonly error: unknown; readonly text: string } | null {
  const nodes = (at as unknown as { readonly _nodes: readonly Node[] })._nodes
  for (const { transitions, always = [] } of nodes)
    for (const { guard, eventType } of [...[...transitions.values()].flat(), ...always]) {
      if (
        guard === undefined ||
        (!eventType.includes('*') && !['', event.type].includes(eventType))
      )
        continue
      try {
        evaluateGuard(guard as never, at.context as never, event, at)
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error)
        if (text.includes(said)) return { error, text: said }
      }
    }
  return null
}
