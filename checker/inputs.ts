import { CheckerError } from './errors.ts'
import { holes } from './holes.ts'
import { stableText } from './json.ts'
import type { Ref } from './lifecycle.ts'
import type { Local, Machine } from './machine.ts'
import { asked } from './thrown-by.ts'

type Given = (i: number, ref: (kind: string, slot: number) => Ref<string>) => unknown

/** What the declaration of a kind says of how its components start. */
export interface Inputs {
  readonly input?: Given
  readonly inputs?: Given
}

/** Systems that start in more ways than these are taken to be meant otherwise. */
const mostStarts = 100_000

/** A reference in an input, marked as one that `ref` has made. */
const ref = (kind: string, slot: number) => (holes.input + `${kind}[${slot}]`) as Ref<string>

/**
 * The local states in one of which component `i` of a kind starts, references still marked as made
 * by `ref`.
 */
export function startsOf(name: string, machine: Machine, given: Inputs, i: number): Local[] {
  const inputs = inputsOf(name, given, i)
  const seen = new Map<string, Local>()
  for (const input of inputs) {
    const local = machine.initial(input)
    const text = stableText(local as never)
    if (!seen.has(text)) seen.set(text, local)
  }
  return [...seen.values()]
}

function inputsOf(name: string, { input, inputs }: Inputs, i: number): readonly unknown[] {
  if (inputs === undefined) return [asked(`input of ${name}[${i}]`, () => input?.(i, ref))]
  if (input !== undefined)
    throw new CheckerError('CHK013', `kind '${name}' has both input and inputs; give one of them`)
  const all = asked(`inputs of ${name}[${i}]`, () => inputs(i, ref))
  if (!Array.isArray(all) || all.length === 0)
    throw new CheckerError(
      'CHK013',
      `kind '${name}' has inputs that give no list for ${name}[${i}]; give a list of one input or more`,
    )
  return all as unknown[]
}

/** Refuses more combinations of starts than can be explored one by one. */
export function assertFewStarts(counts: readonly number[]): void {
  const all = counts.reduce((n, count) => n * count, 1)
  if (all > mostStarts)
    throw new CheckerError(
      'CHK013',
      `the system has ${all} initial states; at most ${mostStarts} are explored, give fewer inputs, or let an action choose`,
    )
}
