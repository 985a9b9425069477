/** The quantifiers of a kind, as far as those of several are made of them. */
interface Part {
  every(holds: Of<boolean>): boolean
  some(holds: Of<boolean>): boolean
  count(holds?: Of<boolean>): number
  sum(of: Of<number>): number
  max(of: Of<number>): number
  min(of: Of<number>): number
  distinct(of: Of<unknown>): boolean
  find(holds: Of<boolean>): object | null
  filter(holds: Of<boolean>): Part
  forEach(act: Of<void>): void
}
type Of<T> = (one: never) => T

/** How the quantifiers of a union are made. */
export interface Uniting {
  /** Says that several were found where one is asked for. */
  several(): never
  /** Makes an object of the members that has no others. */
  sealed(members: { readonly [name: string]: unknown }): object
}

/** The quantifiers over several kinds: each asks the kinds one after another. */
export function united(parts: readonly Part[], uniting: Uniting): object {
  const total = (of: (part: Part) => number) => parts.reduce((sum, part) => sum + of(part), 0)
  const shared = (of: Of<unknown>, a: Part, b: Part) =>
    a.some((one) => {
      const value = of(one)
      return b.some((other) => of(other) === value)
    })
  return uniting.sealed({
    every: (holds: Of<boolean>) => parts.every((part) => part.every(holds)),
    some: (holds: Of<boolean>) => parts.some((part) => part.some(holds)),
    count: (holds?: Of<boolean>) => total((part) => part.count(holds)),
    sum: (of: Of<number>) => total((part) => part.sum(of)),
    max: (of: Of<number>) => Math.max(...parts.map((part) => part.max(of))),
    min: (of: Of<number>) => Math.min(...parts.map((part) => part.min(of))),
    distinct: (of: Of<unknown>) =>
      parts.every((part) => part.distinct(of)) &&
      parts.every((part, i) => !parts.slice(i + 1).some((other) => shared(of, part, other))),
    find: (holds: Of<boolean>) => {
      const found = parts.map((part) => part.find(holds)).filter((one) => one !== null)
      return found.length > 1 ? uniting.several() : (found[0] ?? null)
    },
    filter: (holds: Of<boolean>) =>
      united(
        parts.map((part) => part.filter(holds)),
        uniting,
      ),
    forEach: (act: Of<void>) => parts.forEach((part) => part.forEach(act)),
  })
}
