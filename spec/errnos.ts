import type { Action } from '../checker/index.ts'
import type { Errno } from '../machines/errno.ts'
import type { Bounds } from './bounds.ts'
import type { Profile } from './profiles/profile.ts'

/** What an outcome needs of the bounds and of the hardware. */
type Needs = (bounds: Bounds, profile: Profile) => boolean

/** An outcome that the kernel has and the model leaves out. */
export interface LeftOut {
  /** The errno, or a condition of it. */
  readonly errno: string
  /** Why it is left out. */
  readonly why: string
}

/** How a call can end beside success; each file of a call says so of its own. */
export interface Errnos {
  /** What the kernel has and the model must have. */
  readonly errnos?: { readonly [E in Errno]?: Needs }
  /** What the kernel has and the model leaves out, and why. */
  readonly leftOut?: readonly LeftOut[]
}

/** Needs nothing but the call. */
export const any: Needs = () => true
/** Memory runs out and drivers refuse. */
export const failing: Needs = ({ failures }) => failures > 0
/** Somebody else wants the groups. */
export const owned: Needs = ({ owners }) => owners > 0
/** All of these. */
export const both =
  (...needs: readonly Needs[]): Needs =>
  (bounds, profile) =>
    needs.every((one) => one(bounds, profile))

/** Why mappings' errnos are left out. */
export const mappings = 'mappings and reserved regions are not modelled'
/** Why page faults' errnos are left out. */
export const faults = 'page faults are not modelled'

/** Outcomes of any call that are left out. */
export const leftOutOfAll: readonly LeftOut[] = [
  {
    errno: 'EOPNOTSUPP',
    why: 'flags and types are arguments, not state; where a call tests them, before its look-ups or after, differs by call',
  },
  { errno: 'E2BIG', why: 'the size of an argument is no state' },
  {
    errno: 'EINVAL',
    why: 'of an argument that is too short, of flags of the VFIO calls: arguments are no state',
  },
  {
    errno: 'EFAULT',
    why: 'arguments that cannot be read fail, mostly before anything else; where later, it is modelled',
  },
]

const known = new WeakMap<Action, Errnos>()

/** Keeps how an action can end. */
export function withErrnos<A extends Action>(action: A, { errnos, leftOut }: Errnos): A {
  known.set(action, { errnos, leftOut })
  return action
}

/** How an action can end beside success. */
export const errnosOf = (action: Action): Required<Errnos> => ({
  errnos: known.get(action)?.errnos ?? {},
  leftOut: known.get(action)?.leftOut ?? [],
})
