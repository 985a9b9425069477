import type { Ref } from '../checker/lifecycle.ts'

/** Who gives a field its value: the event that makes the object, the scope, or later events. */
type Giver = 'alloc' | 'scope' | 'later'

/** A field of an object: its words, and what it is before anybody gave it a value. */
export interface Field<T, By extends Giver = Giver> {
  readonly says: string
  readonly by: By
  /** What an object that does not exist has; what the scope gives is there from the start. */
  readonly initial?: T
}
/** The fields of an object by name. */
export interface Fields {
  readonly [name: string]: Field<unknown>
}

/** Names an object of the kind, from the event that makes this one. */
export const ref = <K extends string>(_kind: K, says: string): Field<Ref<K> | null, 'alloc'> => ({
  says,
  by: 'alloc',
  initial: null,
})
/** The same, where the event may name none. */
export const optional = <T>(field: Field<T, 'alloc'>): Field<T, 'alloc'> & { optional: true } => ({
  ...field,
  optional: true,
})
/** What the scope fixes of a slot. */
export const fixed = <T>(says: string): Field<T, 'scope'> => ({ says, by: 'scope' })
/** What events of the object itself change. */
export const later = <T>(initial: T, says: string): Field<T, 'later'> => ({
  says,
  by: 'later',
  initial,
})

/** What the fields add to a context. */
export type Kept<F> = {
  -readonly [N in keyof F]: F[N] extends Field<infer T, Giver> ? T : never
}
type By<F, G extends Giver> = {
  [N in keyof F]: F[N] extends Field<unknown, G> ? N : never
}[keyof F]
/** What the event gives that makes an object. */
export type Given<F> = {
  [N in By<F, 'alloc'>]: F[N] extends { optional: true } ? Kept<F>[N] : Exclude<Kept<F>[N], null>
}
/** What a slot is given by the scope; `undefined` where nothing is. */
export type Slot<F> = [By<F, 'scope'>] extends [never]
  ? undefined
  : { readonly [N in By<F, 'scope'>]: Kept<F>[N] }
