import type { Action, Params, Property } from '../checker/index.ts'
import type { Bounds, Kinds, Profile } from '../spec/index.ts'
import * as model from '../spec/model.ts'

/** Whether a property speaks of a scope on hardware of a profile. */
export type Where = (bounds: Bounds, profile: Profile) => boolean

/** A property, and where it applies. */
export interface Placed {
  readonly property: Property<Kinds>
  readonly where: Where
}

/** Where calls do not interleave: of whole calls, or of the time between calls. */
export const betweenCalls: Where = ({ callers }) => callers === 0
/** Where calls interleave. */
export const interleaved: Where = ({ callers }) => callers > 0
/**
 * Devices that come through VFIO. A mock device has no kernel driver, and is never bound and not
 * attached between calls.
 */
export const throughVfio: Where = (_, { devices }) => devices === 'vfio'
/** Mock devices. */
export const ofMockDevices: Where = (_, { devices }) => devices === 'mock'
/** Drivers that have a stream table. */
export const ofStreamTables: Where = (_, { streamTable }) => streamTable
/** Where all of these apply. */
export const where =
  (...all: readonly Where[]): Where =>
  (bounds, profile) =>
    all.every((one) => one(bounds, profile))

type Text<T> = T & {
  /** Where the property applies; everywhere, and in the middle of calls too, when left out. */
  readonly where?: Where
}
type AlwaysText = Parameters<typeof model.always>[1]
type StepText<P extends Params> = Parameters<typeof model.stepProperty<P>>[1]
type CoverText<P extends Params> = Parameters<typeof model.cover<P>>[1]

const everywhere: Where = () => true

/** Holds in every reachable state. */
export function always(id: string, { where = everywhere, ...text }: Text<AlwaysText>): Placed {
  return { property: model.always(id, text), where }
}

/** Holds of every call. */
export function stepProperty<P extends Params = Params>(
  id: string,
  { where = everywhere, ...text }: Text<StepText<P>> & { readonly on?: readonly Action<P>[] },
): Placed {
  return { property: model.stepProperty<P>(id, text as StepText<P>), where }
}

/** Must be reachable. */
export function cover<P extends Params = Params>(
  id: string,
  { where = everywhere, ...text }: Text<CoverText<P>>,
): Placed {
  return { property: model.cover<P>(id, text as CoverText<P>), where }
}
