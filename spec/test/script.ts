import { perform } from '../../checker/reference/engine.ts'
import { firstStart } from '../../checker/starts.ts'
import type { System } from '../../checker/index.ts'

type Arg = string | number | boolean | null
/** One call of a script: action, arguments (`viommu[1]`), the outcome expected of it. */
export type Line = readonly [action: string, args: Readonly<Record<string, Arg>>, outcome?: string]

/**
 * Performs a script through plain XState and returns each line with the outcome that it had; lines
 * without an expected outcome are preparation and must succeed.
 */
export function outcomes(system: System, script: readonly Line[]): Line[] {
  let { state } = firstStart(system)
  return script.map(([action, args, expected]) => {
    const operation = system.operations.find((op) => op.name === action)
    if (operation === undefined) throw new Error(`there is no '${action}'`)
    const rest = Object.fromEntries(
      operation.params.filter((p) => !(p.name in args)).map((p) => [p.name, null]),
    )
    const effect = perform(system, state, { operation, args: { ...rest, ...args } })
    if (effect.kind === 'done') state = effect.next
    const outcome = effect.kind === 'done' ? effect.outcome : effect.kind
    if (expected === undefined && outcome !== 'ok')
      throw new Error(`${action} ${JSON.stringify(args)}: ${outcome}`)
    return expected === undefined ? [action, args] : [action, args, outcome]
  })
}
