import { stableText, type Json } from '../json.ts'
import type { Configuration } from '../reference/view.ts'
import { refText, type Kind, type System } from '../system.ts'

type Names = ReadonlyMap<string, string>

const permutations = (n: number): number[][] =>
  n === 0
    ? [[]]
    : permutations(n - 1).flatMap((p) =>
        Array.from({ length: n }, (_, at) => [...p.slice(0, at), n - 1, ...p.slice(at)]),
      )

/**
 * Where each instance goes, by kind, for every choice of permutations; those declared per others go
 * with them.
 */
function placings(system: System): ReadonlyMap<Kind, readonly number[]>[] {
  let choices: Map<Kind, readonly number[]>[] = [new Map()]
  for (const kind of system.kinds) {
    if (kind.per.length === 0) {
      const own = kind.symmetric
        ? permutations(kind.count)
        : [Array.from({ length: kind.count }, (_, i) => i)]
      choices = choices.flatMap((choice) => own.map((p) => new Map([...choice, [kind, p]])))
      continue
    }
    for (const choice of choices) {
      const places = Array.from({ length: kind.count }, (_, i) => {
        // The number of an instance is that of its owners, the first owner's the most significant.
        const owners: number[] = []
        let rest = i
        for (const owner of [...kind.per].reverse()) {
          owners.unshift(rest % owner.count)
          rest = Math.floor(rest / owner.count)
        }
        return owners.reduce(
          (n, slot, at) =>
            n * kind.per[at].count + (choice.get(kind.per[at]) as readonly number[])[slot],
          0,
        )
      })
      choice.set(kind, places)
    }
  }
  return choices
}

/** All renamings under which interchangeable components and values may be permuted. */
export const renamings = (system: System): Names[] =>
  placings(system).map(
    (choice) =>
      new Map(
        [...choice].flatMap(([kind, places]) =>
          places.map((to, i) => [refText(kind.name, i), refText(kind.name, to)]),
        ),
      ),
  )

function renamed(value: Json, names: Names): Json {
  if (typeof value === 'string') {
    const weak = value.startsWith('~')
    const to = names.get(weak ? value.slice(1) : value)
    return to === undefined ? value : weak ? `~${to}` : to
  }
  if (Array.isArray(value)) return value.map((v) => renamed(v as Json, names))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [key, renamed(v as Json, names)]),
  )
}

/**
 * The least text of a configuration under all renamings: equal for two that are one another
 * renamed.
 */
function orbitOf(state: Configuration, all: readonly Names[]): string {
  const texts = all.map((names) => {
    const moved = [...state].map(([name, local]) => [
      names.get(name) as string,
      stableText(renamed(local, names)),
    ])
    return moved
      .map(([name, text]) => `${name} ${text}`)
      .sort()
      .join('\n')
  })
  return texts.reduce((a, b) => (a < b ? a : b))
}

/** How many orbits there are among configurations. */
export function countOrbits(system: System, states: readonly Configuration[]): number {
  const all = renamings(system)
  return new Set(states.map((state) => orbitOf(state, all))).size
}
