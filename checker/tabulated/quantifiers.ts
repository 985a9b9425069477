import { isHandle, noQuantifier, nothingElse, strict } from '../handles.ts'
import type { Constant } from '../params.ts'
import type { Kind } from '../system.ts'
import { modes } from './program.ts'
import { leftOut } from './values.ts'

/** A function that user code gives to a quantifier. */
export type OfOne = (one: never) => unknown

/** What records the quantifiers of user code. */
export interface Quantifying {
  /** Records a quantifier; `value` gives an element's leaf. */
  quantify(mode: number, value: (one: never) => number): number
  /** Records a sum and the like. */
  number(mode: number, value: (one: never) => number): number
  /** Records a search for the one of which it holds; tells of several. */
  find(value: (one: never) => number): object | null | 'several'
  /** The number of what a function gave. */
  constant(value: Constant): number
  register(handle: object): number
  /** Runs a part of `forEach` that only looks. */
  looking<T>(run: () => T): T
  misuse(what: string): never
  where(): string
}

/** Says that several were found where one is asked for. */
export const severalFound = (kind: string, misuse: (what: string) => never): never =>
  misuse(`finds several ${kind}, and none of them is the first; ask for some, or for one alone`)

/** The quantifiers over the components of a kind of which all filters hold. */
export function quantifiers(
  kind: Kind,
  filters: readonly OfOne[],
  engine: Quantifying,
): { readonly [name: string]: unknown } {
  const given = (name: string, run: unknown): OfOne => {
    if (typeof run === 'function') return run as OfOne
    return engine.misuse(`calls ${name}() of ${kind.name} without a function`)
  }
  const yes = (name: string, run: OfOne, one: never): boolean => {
    const result = run(one)
    if (typeof result === 'boolean') return result
    return engine.misuse(
      `gives a quantifier a function that returns no boolean: ${name}() of ${kind.name}`,
    )
  }
  const passes = (one: never) => filters.every((filter) => yes('filter', filter, one))
  const judge = (name: string, neutral: 0 | 1, run: unknown) => {
    const holds = given(name, run)
    return (one: never) => (passes(one) ? (yes(name, holds, one) ? 1 : 0) : neutral)
  }
  const number = (name: string, mode: number) => (run: unknown) => {
    const of = given(name, run)
    const finite = mode === modes.sum ? Number.isSafeInteger : Number.isFinite
    const value = (one: never): number => {
      if (!passes(one)) return leftOut
      const result = of(one)
      if (finite(result)) return engine.constant((result as number) + 0)
      return engine.misuse(
        `gives ${name}() of ${kind.name} a function that returns no ${mode === modes.sum ? 'whole' : 'finite'} number`,
      )
    }
    return engine.number(mode, value)
  }
  const different = (run: unknown): boolean => {
    const of = given('distinct', run)
    const value = (one: never): number => {
      if (!passes(one)) return leftOut
      const result = of(one)
      if (isHandle(result)) return engine.register(result as object)
      const plain = result === null || ['string', 'boolean', 'number'].includes(typeof result)
      if (plain && !Number.isNaN(result)) return engine.constant(result as Constant)
      return engine.misuse(
        `gives distinct() of ${kind.name} a function that returns neither a constant nor a handle`,
      )
    }
    return engine.quantify(modes.distinct, value) === 1
  }
  const find = (run: unknown): object | null => {
    const found = engine.find(judge('find', 0, run))
    if (found !== 'several') return found
    return severalFound(kind.name, engine.misuse)
  }
  const forEach = (run: unknown): void => {
    const act = given('forEach', run)
    engine.quantify(modes.forEach, (one) => {
      if (!engine.looking(() => passes(one))) return 0
      if (act(one) !== undefined)
        engine.misuse(
          `gives forEach() of ${kind.name} a function that returns something, which would be lost; use braces, or decide before or after it`,
        )
      return 0
    })
  }
  return {
    every: (run: unknown) => engine.quantify(modes.every, judge('every', 1, run)) === 1,
    some: (run: unknown) => engine.quantify(modes.some, judge('some', 0, run)) === 1,
    count: (run: unknown = () => true) => engine.quantify(modes.count, judge('count', 0, run)),
    sum: number('sum', modes.sum),
    max: number('max', modes.max),
    min: number('min', modes.min),
    distinct: different,
    find,
    forEach,
    filter: (run: unknown) =>
      strict(
        {
          __proto__: nothingElse,
          ...quantifiers(kind, [...filters, given('filter', run)], engine),
        },
        (name) => noQuantifier(engine.where(), kind.name, name),
      ),
  }
}
