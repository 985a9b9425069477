import { signed, type Change } from '../observe/effects.ts'
import type { MachineText } from '../observe/machine-text.ts'

/**
 * Changes of the fields of an object in words, in the order of its machine: `users −1 or −2`, `hwpt
 * = pt or null`.
 */
export function fieldWords({ about }: MachineText, changes: readonly Change[]): string[] {
  const all = Object.keys(about?.fields ?? {})
  const fields = [...new Set(changes.map(([, field]) => field))].filter((field) => field !== '')
  return fields
    .sort((a, b) => all.indexOf(a) - all.indexOf(b))
    .flatMap((field) =>
      one(
        field,
        changes.filter((c) => c[1] === field).map(([, , what]) => what),
      ),
    )
}

function one(field: string, whats: readonly string[]): string[] {
  const all = [...new Set(whats)]
  if (!all.every(isCount)) return [`${field} = ${all.sort().reverse().join(' or ')}`]
  const numbers = all.map((what) => Number(what.replace('−', '-'))).sort((a, b) => a - b)
  const signs = [numbers.filter((n) => n > 0), numbers.filter((n) => n < 0).reverse()].filter(
    (n) => n.length > 0,
  )
  return [`${field} ${signs.map(row).join(numbers.length === 2 ? ' or ' : ', ')}`]
}

/** `+1 or +2`; `+1 to +4`. */
const row = ([first, ...more]: readonly number[]) =>
  more.length > 1 && more.every((n, i) => Math.abs(n) === Math.abs(first) + i + 1)
    ? `${signed(first)} to ${signed(more.at(-1) as number)}`
    : [first, ...more].map(signed).join(' or ')

/** Whether a change is one of a count. */
export const isCount = (what: string): boolean => /^[+−]\d/.test(what)

/** The kind of an argument that is given as `obj=viommu`. */
export const kindGiven = (given: string): string => given.slice(given.indexOf('=') + 1)

/** The arguments that effects come with, each once, as the lifecycles are listed. */
export function givenIn(
  { lifecycles }: { readonly lifecycles: readonly { readonly kinds: readonly string[] }[] },
  effects: readonly { readonly given: string | null | readonly string[] }[],
): string[] {
  const all = lifecycles.flatMap(({ kinds }) => kinds)
  const place = (given: string) => all.indexOf(kindGiven(given))
  return [...new Set(effects.flatMap(({ given }) => given ?? []))].sort(
    (a, b) => place(a) - place(b),
  )
}
