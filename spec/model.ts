import { model, type AnyOf, type Handle, type View } from '../checker/index.ts'
import type { Errno } from '../machines/errno.ts'
import type { Kinds, ObjectKind } from './kinds.ts'

export type { Errno } from '../machines/errno.ts'
export { objects, type Kinds, type ObjectKind } from './kinds.ts'

/** The handle of a component. */
export type H<N extends keyof Kinds & string> = { [K in N]: Handle<Kinds, K> }[N]
/** The system as actions and properties see it. */
export type Sys = View<Kinds>

export const {
  each,
  free,
  ioctl,
  action,
  path,
  errno,
  ok,
  blocked,
  byKind,
  always,
  stepProperty,
  cover,
} = model<Kinds, Errno>()

/** Anything with an id: one of the handles, told apart by `is`. */
export type Obj = H<ObjectKind>
/** Anything with an id, as far as all of them are alike. */
export type AnyObject = AnyOf<Kinds, ObjectKind>
/** What a RID can be attached to. */
export type Hwpt = H<'hwptPaging' | 'hwptAuto' | 'hwptNested'>
