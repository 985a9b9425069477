import type { Handle, KindName } from './types.ts'

/** Ranges over all instances of the kinds, live or not. */
export interface Each<N extends string> {
  /** The names of the kinds. */
  readonly each: readonly N[]
}
/**
 * One free slot of the kind; where free slots differ (a flag fixed by the scope), one of each sort.
 * Several such parameters are slots that differ.
 */
export interface Free<N extends string> {
  /** The name of the kind. */
  readonly free: N
}
/** A choice among constants. */
export interface OneOf<T extends Constant> {
  /** The constants, at least one. */
  readonly oneOf: readonly T[]
}
/** What a constant parameter may be. */
export type Constant = string | number | boolean | null
/** Any parameter. */
export type Param = Each<string> | Free<string> | OneOf<Constant>
/** An action's parameters by name. */
export interface Params {
  readonly [name: string]: Param
}

/** The arguments that a body receives for parameters `P`. */
export type Args<K, P extends Params> = {
  readonly [A in keyof P]: P[A] extends Each<infer N>
    ? N extends KindName<K>
      ? Handle<K, N>
      : never
    : P[A] extends Free<infer N>
      ? N extends KindName<K>
        ? Handle<K, N>
        : never
      : P[A] extends OneOf<infer T>
        ? T
        : never
}

/**
 * What binds references to slots for the id overlay: a call takes and gives back object ids, in the
 * order of the calls.
 */
export interface Ids<H> {
  /** The object gets the lowest free id. */
  take(object: H): void
  /** The object's id is free again. */
  give(object: H): void
  /** The object's id is gone until the descriptor is closed. */
  tombstone(object: H): void
  /** The descriptor is closed: all ids are free, tombstones too. */
  close(): void
}
