import type { Configuration, Local } from '../../checker/index.ts'
import { callerKind } from '../../checker/caller.ts'
import { stableText, type Json } from '../../checker/json.ts'
import type { Sequence } from './sequence.ts'

/** What one call did to one field, or to the state, of an object. */
export interface Change {
  readonly call: string
  readonly kind: string
  /** The object's part in the call: an argument's name, or null where it is none. */
  readonly part: string | null
  /** The field; empty for the state. */
  readonly field: string
  /** `+1`, `−2`; `free → live`; the kind that a reference names now; a value. */
  readonly what: string
  /** The object was there before the call and is there after it. */
  readonly stays: boolean
}

/** What successful whole calls of the sequences changed, each change once. */
export function changesOf(sequences: Iterable<Sequence>): Change[] {
  const found = new Map<string, Change>()
  for (const { steps, interleaved } of sequences) {
    if (interleaved) continue
    for (const { step, before, after } of steps) {
      if (step.outcome !== 'ok') continue
      for (const change of changes(step.action, step.args, before, after)) found.set(JSON.stringify(change), change)
    }
  }
  return [...found.values()]
}

function* changes(call: string, args: object, before: Configuration, after: Configuration): Generator<Change> {
  for (const [name, was] of before) {
    const is = after.get(name) as Local
    const kind = kindOf(name)
    if (kind === callerKind || stableText(was as unknown as Json) === stableText(is as unknown as Json)) continue
    const part = Object.entries(args).find(([, value]) => value === name)?.[0] ?? null
    const stays = stableText(was.value) === stableText(is.value)
    const change = (field: string, what: string): Change => ({ call, kind, part, field, what, stays })
    if (!stays) yield change('', `${stateText(was.value)} → ${stateText(is.value)}`)
    for (const field of Object.keys(is.context)) {
      const [from, to] = [was.context[field], is.context[field]]
      if (stableText(from) === stableText(to)) continue
      yield change(field, typeof from === 'number' && typeof to === 'number' ? signed(to - from) : valueText(to, args))
    }
  }
}

const kindOf = (name: string) => name.replace(/\[\d+\]$/, '')
const stateText = (value: Json) => (typeof value === 'string' ? value : stableText(value))
const signed = (n: number) => (n > 0 ? `+${n}` : `−${-n}`)

/** A value as a page shows it: a reference by the argument that it names, else by its kind. */
function valueText(value: Json, args: object): string {
  if (typeof value !== 'string') return stableText(value)
  const part = Object.entries(args).find(([, v]) => v === value)?.[0]
  return part ?? (/\[\d+\]$/.test(value) ? `${/^[aeiou]/.test(kindOf(value)) ? 'an' : 'a'} ${kindOf(value)}` : value)
}

/** Which fields of which kinds were seen to name which kinds. */
export function namesOf(sequences: Iterable<Sequence>): { readonly kind: string; readonly field: string; readonly names: string }[] {
  const found = new Map<string, { kind: string; field: string; names: string }>()
  for (const { steps } of sequences)
    for (const { after } of steps)
      for (const [name, local] of after)
        for (const [field, value] of Object.entries(local.context)) {
          if (typeof value !== 'string' || !/\[\d+\]$/.test(value) || name.startsWith(`${callerKind}[`)) continue
          const entry = { kind: kindOf(name), field, names: kindOf(value) }
          found.set(Object.values(entry).join('.'), entry)
        }
  return [...found.values()]
}
