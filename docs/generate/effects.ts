import { StateGraph, type Configuration, type Local, type System, type TraceStep } from '../../checker/index.ts'
import { callerKind } from '../../checker/caller.ts'
import { stableText, type Json } from '../../checker/json.ts'
import { various } from './covers.ts'
import type { MachineText } from './machine-text.ts'
import type { Sequence } from './sequence.ts'

/** What one call did to one field, or to the state, of an object. */
export interface Change {
  readonly call: string
  readonly kind: string
  /** The object's part in the call: an argument's name, or null where it is none. */
  readonly part: string | null
  /** The kind of the argument that can be of several kinds, as `obj=viommu`; null where the call has no such argument. */
  readonly given: string | null
  /** The state that the object has left, and the one that it is in then; null where it stays. */
  readonly move: { readonly from: string; readonly to: string } | null
  /** The field; empty for an object that changes its state alone. */
  readonly field: string
  /** `+1`, `−2`; the part of the call, or the kind, that a reference names now; a value. */
  readonly what: string
}

/** What successful calls of a system change, in any of its states; each change once. Calls are to be whole, states few. */
export function changesOf(system: System): Change[] {
  const graph = new StateGraph(system)
  const found = new Map<string, Change>()
  for (let state = 0; state < graph.size; state++) {
    const before = graph.configuration(state)
    for (const { step, to } of graph.successors(state))
      if (step.outcome === 'ok' && to !== state)
        for (const change of changes(system, step, before, graph.configuration(to))) found.set(JSON.stringify(change), change)
  }
  return [...found.values()]
}

/** The argument that can be of several kinds, with the kind that it is of. */
function givenOf(system: System, { action, args }: TraceStep): string | null {
  const operation = system.operations.find(({ name }) => name === action)
  const [first] = operation === undefined ? [] : various(operation.action)
  return first === undefined ? null : `${first.param}=${kindOf(String(args[first.param]))}`
}

function* changes(system: System, step: TraceStep, before: Configuration, after: Configuration): Generator<Change> {
  const { action: call, args } = step
  const given = givenOf(system, step)
  for (const [name, was] of before) {
    const is = after.get(name) as Local
    const kind = kindOf(name)
    if (was === is || kind === callerKind) continue
    const part = Object.entries(args).find(([, value]) => value === name)?.[0] ?? null
    const [from, to] = [stateText(was.value), stateText(is.value)]
    const change = (field: string, what: string): Change => ({
      call,
      kind,
      part,
      given,
      move: from === to ? null : { from, to },
      field,
      what,
    })
    if (from !== to) yield change('', '')
    for (const field of Object.keys(is.context)) {
      const [old, now] = [was.context[field], is.context[field]]
      if (stableText(old) === stableText(now)) continue
      yield change(field, typeof old === 'number' && typeof now === 'number' ? signed(now - old) : valueText(now, args))
    }
  }
}

const kindOf = (name: string) => name.replace(/\[\d+\]$/, '')
const stateText = (value: Json) => (typeof value === 'string' ? value : stableText(value))
const signed = (n: number) => (n > 0 ? `+${n}` : `−${-n}`)

/** The fields that changes are of, in the order of their machine. */
export function inOrder({ about }: MachineText, changes: readonly Change[]): string[] {
  const all = Object.keys(about?.fields ?? {})
  return [...new Set(changes.map((c) => c.field))].filter((f) => f !== '').sort((a, b) => all.indexOf(a) - all.indexOf(b))
}

/** The arguments that changes come with, each once, as the lifecycles are listed. */
export function inKinds(
  { lifecycles }: { readonly lifecycles: readonly { readonly kinds: readonly string[] }[] },
  changes: readonly Change[],
): string[] {
  const all = lifecycles.flatMap(({ kinds }) => kinds)
  const place = (given: string) => all.indexOf(given.slice(given.indexOf('=') + 1))
  return [...new Set(changes.flatMap(({ given }) => given ?? []))].sort((a, b) => place(a) - place(b))
}

/** Changes of one field in words: `users −1 or −2`, `hwpt = pt or null`, `users +1 to +4`. */
export function fieldText(field: string, whats: readonly string[]): string {
  const all = [...new Set(whats)]
  if (!all.every((what) => /^[+−]\d/.test(what))) return `${field} = ${all.sort().reverse().join(' or ')}`
  const numbers = all.map((what) => Number(what.replace('−', '-'))).sort((a, b) => a - b)
  const signs = [numbers.filter((n) => n > 0), numbers.filter((n) => n < 0).reverse()]
  const row = ([first, ...more]: readonly number[]) =>
    more.length > 1 && more.every((n, i) => Math.abs(n) === Math.abs(first) + i + 1)
      ? `${signed(first)} to ${signed(more.at(-1) as number)}`
      : [first, ...more].map(signed).join(' or ')
  return `${field} ${signs
    .filter((n) => n.length > 0)
    .map(row)
    .join(' or ')}`
}

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
