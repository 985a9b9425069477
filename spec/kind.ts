import type { AnyStateMachine, InputFrom } from 'xstate'
import { mutex, type Ref, type ValueSet } from '../checker/index.ts'
import type { Profile } from './profiles/profile.ts'

/** The numbers of a scope, by name. */
export interface Numbers {
  readonly [bound: string]: number
}
/** Who makes the objects of a kind: user space by a call, or the driver of a device. */
export type Maker = 'user' | 'driver'

/** A kind in the list of all kinds: its machine, and how many a scope has of it. */
export interface Kind<M, B extends string = never, O extends Maker | null = null> {
  /** Null for a set of values. */
  readonly machine: M | null
  /** Those who make its objects; null for what has no id. */
  readonly maker: O
  /** The numbers of the scope that it needs. */
  readonly bounds: readonly B[]
  /** How many there are, and how they start; the checker's `KindScope`. */
  readonly scope: (numbers: Numbers, profile: Profile) => object
}

/** The input of slot `i`; `ref` makes a reference to a slot of another kind. */
type Input<M> = (
  i: number,
  ref: <R extends string>(kind: R, slot: number) => Ref<R>,
  numbers: Numbers,
) => M extends AnyStateMachine ? InputFrom<M> : never
/** What tells the sorts of slots apart, by the numbers that say how many there are of each. */
type Sorts<M, B extends string> = {
  readonly [N in B]: M extends AnyStateMachine
    ? InputFrom<M> | ((profile: Profile) => InputFrom<M>)
    : never
}

/** There is one. */
export const one = <M extends AnyStateMachine>(machine: M): Kind<M> => ({
  machine,
  maker: null,
  bounds: [],
  scope: () => ({ machine, count: 1 }),
})

/** As many as a number of the scope says, interchangeable. */
export const many = <M extends AnyStateMachine, B extends string>(
  machine: M,
  bound: B,
  input?: Input<M>,
): Kind<M, B> => ({
  machine,
  maker: null,
  bounds: [bound],
  scope: (numbers) => ({
    machine,
    count: numbers[bound],
    symmetric: true,
    ...(input === undefined
      ? {}
      : { input: (i: number, ref: Parameters<Input<M>>[1]) => input(i, ref, numbers) }),
  }),
})

/** Slots of several sorts, with a number of the scope for each. */
export const sorts = <M extends AnyStateMachine, B extends string>(
  machine: M,
  by: Sorts<M, B>,
): Kind<M, B> => {
  const bounds = Object.keys(by) as B[]
  return {
    machine,
    maker: null,
    bounds,
    scope: (numbers, profile) => {
      const slots = bounds.flatMap((bound) =>
        Array.from({ length: numbers[bound] }, () => by[bound]),
      )
      const input = (i: number): unknown => {
        const sort: unknown = slots[i]
        return typeof sort === 'function' ? (sort as (p: Profile) => unknown)(profile) : sort
      }
      return { machine, count: slots.length, symmetric: true, input }
    },
  }
}

/** One for each of another kind. */
export const per = <M extends AnyStateMachine>(
  owner: string,
  machine: M,
  input?: InputFrom<M>,
): Kind<M> => ({
  machine,
  maker: null,
  bounds: [],
  scope: () => ({
    machine,
    per: owner,
    ...(input === undefined ? {} : { input: () => input }),
  }),
})

/** A lock for each of another kind. Locks are nowhere held between whole calls. */
export const lock = (owner: string): Kind<typeof mutex> => ({
  machine: mutex,
  maker: null,
  bounds: [],
  scope: ({ callers }) =>
    callers > 0 ? { machine: mutex, per: owner } : { machine: mutex, count: 0 },
})

/** Numbers or names that are told apart and nothing more. */
export const values = <B extends string>(bound: B): Kind<ValueSet, B> => ({
  machine: null,
  maker: null,
  bounds: [bound],
  scope: (numbers) => ({ values: numbers[bound], symmetric: true }),
})

/** Has an id, by which user space names it; made by a call of user space. */
export const object = <M, B extends string>(kind: Kind<M, B>): Kind<M, B, 'user'> => ({
  ...kind,
  maker: 'user',
})
/** Has an id as well, and is made by the driver that a device is bound through. */
export const driverObject = <M, B extends string>(kind: Kind<M, B>): Kind<M, B, 'driver'> => ({
  ...kind,
  maker: 'driver',
})

/** There is none of the kind on hardware of another profile. */
export const where = <M, B extends string, O extends Maker | null>(
  has: (profile: Profile) => boolean,
  kind: Kind<M, B, O>,
): Kind<M, B, O> => ({
  ...kind,
  scope: (numbers, profile) =>
    has(profile) ? kind.scope(numbers, profile) : { machine: kind.machine, count: 0 },
})
