import { stableText, type Json } from '../json.ts'
import { calls, keyOf, perform } from '../reference/engine.ts'
import type { Configuration } from '../reference/view.ts'
import { firstStart, starts } from '../starts.ts'
import { refText, type Kind, type System } from '../system.ts'

/**
 * What remains of a system when states that differ in the numbering of interchangeable entities
 * count once.
 */
export interface Orbits {
  readonly states: number
  readonly transitions: number
  readonly refusals: number
  readonly depth: number
}

/**
 * Breadth-first search that keeps one state of each orbit, found by trying every renumbering: slow,
 * and short enough to be believed. For small systems only.
 */
export function orbits(system: System): Orbits {
  const order = [...firstStart(system).state.keys()]
  const renamings = renumberings(system)
  const known = new Set<string>()
  const queue: { readonly state: Configuration; readonly depth: number }[] = []
  const arrive = (state: Configuration, depth: number) => {
    if (known.has(keyOf(state))) return
    for (const renaming of renamings) known.add(keyOf(renamed(state, renaming, order)))
    queue.push({ state, depth })
  }
  let transitions = 0
  let refusals = 0
  for (const { state } of starts(system)) arrive(state, 0)
  for (const { state, depth } of queue)
    for (const call of calls(system, state)) {
      const effect = perform(system, state, call)
      if (effect.kind !== 'done') continue
      if (effect.changed || effect.outcome === 'ok' || effect.outcome === 'step') transitions++
      else refusals++
      arrive(effect.next, depth + 1)
    }
  return { states: queue.length, transitions, refusals, depth: queue[queue.length - 1].depth }
}

type Renaming = ReadonlyMap<string, string>

/** All renumberings of interchangeable entities; what belongs to an entity goes along with it. */
function renumberings(system: System): Renaming[] {
  let choices: ReadonlyMap<Kind, readonly number[]>[] = [new Map()]
  for (const kind of system.kinds.filter((k) => k.symmetric))
    choices = choices.flatMap((choice) =>
      permutations(kind.count).map((p) => new Map([...choice, [kind, p]])),
    )
  return choices.map((choice) => {
    const slotOf = (kind: Kind, slot: number): number => {
      if (kind.per.length === 0) return choice.get(kind)?.[slot] ?? slot
      let rest = slot
      let scale = 1
      let to = 0
      for (const owner of [...kind.per].reverse()) {
        to += slotOf(owner, rest % owner.count) * scale
        rest = Math.floor(rest / owner.count)
        scale *= owner.count
      }
      return to
    }
    return new Map(
      system.kinds.flatMap((kind) =>
        Array.from(
          { length: kind.count },
          (_, i) => [refText(kind.name, i), refText(kind.name, slotOf(kind, i))] as const,
        ),
      ),
    )
  })
}

function permutations(n: number): number[][] {
  if (n === 0) return [[]]
  return permutations(n - 1).flatMap((p) =>
    Array.from({ length: n }, (_, at) => [...p.slice(0, at), n - 1, ...p.slice(at)]),
  )
}

function renamed(
  state: Configuration,
  renaming: Renaming,
  order: readonly string[],
): Configuration {
  const text = (value: Json): Json => {
    if (typeof value === 'string')
      return value.startsWith('~')
        ? `~${renaming.get(value.slice(1)) ?? value.slice(1)}`
        : (renaming.get(value) ?? value)
    if (Array.isArray(value)) return value.map((v) => text(v as Json))
    if (value === null || typeof value !== 'object') return value
    return JSON.parse(
      stableText(
        Object.fromEntries(Object.entries(value).map(([key, v]) => [key, text(v as Json)])),
      ),
    ) as Json
  }
  const moved = new Map(
    [...state].map(([name, local]) => [
      renaming.get(name) as string,
      { ...local, context: text(local.context) as never },
    ]),
  )
  return new Map(
    order.map((name) => [name, moved.get(name) as NonNullable<ReturnType<typeof moved.get>>]),
  )
}
