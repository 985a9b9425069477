import type { Moment } from '../../checker/index.ts'
import type { World } from '../../uapi/binding/index.ts'

/**
 * What one moment of the model says of ids and slots. `values` has the numbers met so far in the
 * sequence, and is brought up to date.
 */
export function worldOf({ state, ids }: Moment, values: bigint[]): World {
  const first = (kind: string, holds: (name: string) => boolean): string | null => {
    for (const name of state.keys()) if (name.startsWith(`${kind}[`) && holds(name)) return name
    return null
  }
  return {
    named: (id) => {
      for (const [name, number] of ids.now()) if (number === id) return name
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
    value: (kind, number) => {
      if (!values.includes(number)) values.push(number)
      return `${kind}[${values.indexOf(number)}]`
    },
    descriptor: () => null,
    unused: (n) => {
      const probe = ids.copy()
      for (let i = 0; i < n; i++) probe.take(`probe ${i}`)
      probe.take('probe')
      return probe.of('probe') as number
    },
  }
}
