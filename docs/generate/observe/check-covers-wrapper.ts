import { check, type Property, type System } from '../../../checker/index.ts'
import { keyOf, type Check } from './check.ts'
import { failuresOf } from './check-ends.ts'
import { checkCover, various } from './covers.ts'
import type { PropertyFact } from './facts.ts'
import type { Way } from './look.ts'
import { wayOf } from './looks-wrapper.ts'

/**
 * What a call is told to have ended by: the errno, and the place of the check in the call's list.
 */
const label = (errno: string, place: number) => `${errno} ${place}`
const errnoOf = (outcome: string) => outcome.replace(/ \d+$/, '')

/**
 * The same system, whose calls say by which check they fail. `ways` are all that a search of it has
 * met.
 */
function labelled(
  system: System,
  ways: readonly Way[],
  checks: ReadonlyMap<string, readonly Check[]>,
): System {
  const places = new Map<string, number>()
  for (const [action, own] of checks) {
    const keys = own.map(keyOf)
    for (const [way, key] of failuresOf(ways.filter((w) => w.action === action)))
      places.set(JSON.stringify(way), keys.indexOf(key))
  }
  return {
    ...system,
    operations: system.operations.map((operation) => ({
      ...operation,
      run: (args, view, ids) => {
        const { outcome, way } = wayOf(system, operation, args, view, ids)
        const place = way === null ? undefined : places.get(JSON.stringify(way))
        return outcome === null || place === undefined ? outcome : label(outcome, place)
      },
    })),
  }
}

type Seen = { readonly args: { readonly [name: string]: { readonly kind: string } | undefined } }

/**
 * The shortest way to each check of each call, and with each kind of argument where that makes a
 * difference.
 */
export async function checkCovers(
  system: System,
  ways: readonly Way[],
  checks: ReadonlyMap<string, readonly Check[]>,
  signal?: AbortSignal,
): Promise<PropertyFact[]> {
  const actions = [...new Set(system.operations.map(({ action }) => action))]
  const covers = actions.flatMap((action) =>
    (checks.get(action.name) ?? []).flatMap((one, place): Property<never>[] => {
      const ends = {
        kind: 'cover',
        says: one.errno,
        on: [action],
        outcome: label(one.errno, place),
      } as const
      return [
        { ...ends, id: checkCover(action.name, keyOf(one)), happens: () => true },
        ...various(action).map(({ param, kind }): Property<never> => ({
          ...ends,
          id: checkCover(action.name, keyOf(one), param, kind),
          happens: ({ args }: Seen) => args[param]?.kind === kind,
        })),
      ]
    }),
  )
  const report = await check({ ...labelled(system, ways, checks), properties: covers }, { signal })
  return report.properties.flatMap((p) =>
    'trace' in p && p.verdict === 'covered'
      ? [
          {
            id: p.id,
            verdict: p.verdict,
            trace: p.trace.map((step) => ({ ...step, outcome: errnoOf(step.outcome) })),
          },
        ]
      : [],
  )
}
