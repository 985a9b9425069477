/** The same system in the languages of other checkers, with the same state count. */
export interface Twin {
  /**
   * For Spin: one process that repeats one of its `d_step`s, each of which ends with the invariant
   * asserted.
   */
  readonly promela: (n: number) => string
  /** For Rumur. */
  readonly murphi: (n: number) => string
}

/** `count` lines or terms, one for each index. */
export const each = (count: number, text: (i: number) => string, separator = '\n'): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(separator)

/** A Promela process that repeats one of the steps. */
export const process = (
  steps: readonly { readonly guard: string; readonly effect: string }[],
): string =>
  [
    'active proctype system() {',
    '  do',
    ...steps.map(({ guard, effect }) => `  :: d_step { ${guard} -> ${effect}; assert(INVARIANT) }`),
    '  od',
    '}',
  ].join('\n')
