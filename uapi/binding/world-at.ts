import type { Moment } from '../../checker/index.ts'
import type { World } from './call-of.ts'

/**
 * What a moment of the model says of ids and slots. How numbers become values is for whoever knows
 * the calls before; `known` also says what is known beside the model.
 */
export function worldAt(
  { state, ids }: Moment,
  known: Pick<World, 'value'> & Partial<World>,
): World {
  const first = (kind: string, holds: (name: string) => boolean): string | null => {
    for (const name of state.keys()) if (name.startsWith(`${kind}[`) && holds(name)) return name
    return null
  }
  return {
    named: (id) => {
      for (const [name, its] of ids.now()) if (its === id) return name
      return null
    },
    free: (kind, sort) =>
      first(kind, (name) => {
        const local = state.get(name)
        return (
          local?.value === 'free' &&
          Object.entries(sort).every(([field, value]) => local.context[field] === value)
        )
      }),
    live: (kind) => first(kind, (name) => state.get(name)?.value === 'live'),
    descriptor: () => null,
    unused: (n) => {
      const probe = ids.copy()
      for (let i = 0; i < n; i++) probe.take(`probe ${i}`)
      probe.take('probe')
      return probe.of('probe') as number
    },
    ...known,
  }
}

/** Numbers stand for values in the order in which they are met; `met` is brought up to date. */
export const inOrder =
  (met: bigint[]): World['value'] =>
  (kind, number) => {
    if (!met.includes(number)) met.push(number)
    return `${kind}[${met.indexOf(number)}]`
  }
