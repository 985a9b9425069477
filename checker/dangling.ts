import { stableText, type Json } from './json.ts'
import type { Local } from './machine.ts'
import type { Configuration } from './reference/view.ts'
import type { System } from './system.ts'

/** A reference that holds, and the free slot that it names. */
export interface Dangling {
  readonly holder: string
  readonly target: string
}

/** The first reference that names a free slot; null where none does. */
export function danglingIn(system: System, state: Configuration): Dangling | null {
  const text = (local: Local) => stableText(local)
  const fresh = new Map(
    system.kinds.filter((k) => k.slots).map((k) => [k.name, new Set(k.initial.map(text))]),
  )
  const isFree = (name: string) => {
    const local = state.get(name)
    return (
      local !== undefined &&
      fresh.get(name.slice(0, name.lastIndexOf('[')))?.has(text(local)) === true
    )
  }
  for (const [holder, { context }] of state) {
    const target = strings(context).find(isFree)
    if (target !== undefined) return { holder, target }
  }
  return null
}

const strings = (value: Json): string[] =>
  typeof value === 'string'
    ? [value]
    : value !== null && typeof value === 'object'
      ? Object.values(value).flatMap((v) => strings(v as Json))
      : []
