import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Choices that follow from a seed. */
export interface Random {
  /** A whole number from 0 to below `n`. */
  below(n: number): number
  /** One of a list that is not empty. */
  pick<T>(from: readonly T[]): T
}

/** Choices from a seed, a whole number of 32 bits: the same seed, the same choices. */
export function random(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  const below = (n: number) => uniformInt(generator, 0, n - 1)
  return { below, pick: (from) => from[below(from.length)] }
}
