import { callerKind, kindOf } from '../../../checker/inspect.ts'
import type { Sequence } from './sequence.ts'

/** A field of one kind that names another. */
export interface Naming {
  readonly kind: string
  readonly field: string
  readonly names: string
}

/** Which fields of which kinds were seen to name which kinds. */
export function namesOf(sequences: Iterable<Sequence>): Naming[] {
  const found = new Map<string, Naming>()
  for (const { steps } of sequences)
    for (const { after } of steps)
      for (const [name, local] of after)
        for (const [field, value] of Object.entries(local.context)) {
          if (
            typeof value !== 'string' ||
            !/\[\d+\]$/.test(value) ||
            name.startsWith(`${callerKind}[`)
          )
            continue
          const entry = { kind: kindOf(name), field, names: kindOf(value) }
          found.set(Object.values(entry).join('.'), entry)
        }
  return [...found.values()]
}
