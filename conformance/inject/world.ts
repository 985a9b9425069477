import type { Moment } from '../../checker/index.ts'
import type { World } from '../../uapi/binding/index.ts'

/** What the numbers of a call stand for at a moment of the model that knows every object. */
export function worldOf({ state, ids }: Moment): World {
  const byId = new Map([...ids.now()].map(([name, id]) => [id, name]))
  const first = (kind: string, holds: (name: string) => boolean) =>
    [...state.keys()].find((name) => name.startsWith(`${kind}[`) && holds(name)) ?? null
  return {
    named: (id) => byId.get(id) ?? null,
    free: (kind, sort) =>
      first(kind, (name) => {
        const local = state.get(name)
        return (
          local?.value === 'free' &&
          Object.entries(sort).every(([key, value]) => local.context[key] === value)
        )
      }),
    live: (kind) => first(kind, (name) => state.get(name)?.value === 'live'),
    value: (kind, number) => `${kind}[${number}]`,
    descriptor: () => null,
  }
}
