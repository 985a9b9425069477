type Of<T> = (one: never) => T

/** The quantifiers over a list of handles, as plain loops. */
export function plainQuantifiers(
  all: readonly never[],
  passes: Of<boolean> = () => true,
): { readonly [name: string]: unknown } {
  const those = () => all.filter((one) => passes(one))
  const numbers = (of: Of<number>) => those().map((one) => of(one))
  return {
    every: (holds: Of<boolean>) => those().every((one) => holds(one)),
    some: (holds: Of<boolean>) => those().some((one) => holds(one)),
    count: (holds: Of<boolean> = () => true) => those().filter((one) => holds(one)).length,
    sum: (of: Of<number>) => numbers(of).reduce((a, b) => a + b, 0),
    max: (of: Of<number>) => Math.max(...numbers(of)),
    min: (of: Of<number>) => Math.min(...numbers(of)),
    distinct: (of: Of<unknown>) => new Set(those().map((one) => of(one))).size === those().length,
    find: (holds: Of<boolean>) => those().filter((one) => holds(one))[0] ?? null,
    filter: (holds: Of<boolean>) => plainQuantifiers(all, (one) => passes(one) && holds(one)),
    // Whether a filter passes one is asked when its turn comes.
    forEach: (act: Of<void>) => all.forEach((one) => void (passes(one) && act(one))),
  }
}
