import type { Action } from '../../checker/index.ts'
import type { Kinds } from '../../spec/index.ts'
import type { dataStructs, iommufdIoctls, testOps, vfioIoctls } from '../index.ts'

/** The arguments of an action: components and values by name (`viommu[1]`). */
export type Arguments = Readonly<Record<string, string>>
/** The name of a kind. */
export type KindName = keyof Kinds & string

/** An ioctl by name; the operations of `IOMMU_TEST_CMD` by theirs. */
export type Target =
  | {
      readonly ioctl: keyof typeof iommufdIoctls | keyof typeof vfioIoctls
      readonly op?: undefined
    }
  | { readonly ioctl: 'IOMMU_TEST_CMD'; readonly op: keyof typeof testOps }

/** A field that names an object by its id. */
export interface IdField {
  /** The parameter whose argument it names. */
  readonly param: string
  /**
   * What the kernel makes of the id of an object that the parameter is not for: the same as of an
   * id that names nothing (`unnamed`), or the same as of any object of this kind. Left out where
   * the parameter is for all kinds, or where it depends.
   */
  readonly others?: 'unnamed' | KindName
  /**
   * Where the call makes an object that can be looked up before the field is: which of the ids that
   * it takes the object gets, from 0. Who guesses that id names the object.
   */
  readonly itself?: number
}

/** Memory that a field points to, as the model's calls have it. */
export interface Memory {
  readonly struct: keyof typeof dataStructs
  readonly in: Readonly<Record<string, number>>
}

/** What an action of the model is as an ioctl. Fields that are not told of here are 0. */
export type Binding = Target & {
  readonly action: Action
  /**
   * The parameter that the descriptor stands for, where the call is made on a device's own node.
   */
  readonly descriptor?: string
  /** Input fields that name objects. */
  readonly ids: Readonly<Record<string, IdField>>
  /** Input fields that hold a number, which stands for a value of a kind without a machine. */
  readonly numbers: Readonly<Record<string, string>>
  /** Input fields that always have this value. */
  readonly fixed: Readonly<Record<string, number>>
  /**
   * Input fields that say of what sort the slot of a `free` parameter is: a bit for each field of
   * its context that can be true.
   */
  readonly sorts: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** Input fields that are never 0, where 0 is another action. */
  readonly nonzero: readonly string[]
  /** Input fields that point to memory. */
  readonly memory: Readonly<Record<string, Memory>>
  /** Input fields whose value does not matter. */
  readonly any: readonly string[]
  /** Output fields of a call that succeeds, and the component whose id each carries. */
  readonly out: Readonly<Record<string, (args: Arguments) => string>>
}

type Declared = Target & { readonly action: Action } & Partial<
    Omit<Binding, 'action' | 'ioctl' | 'op'>
  >

/** Declares a binding; what is left out is empty. */
export const bind = (declared: Declared): Binding => ({
  ...{ ids: {}, numbers: {}, fixed: {}, sorts: {}, nonzero: [], memory: {}, any: [], out: {} },
  ...declared,
})

/** The component of another kind that belongs to one, where each has one. */
export const sibling = (kind: KindName, component: string): string =>
  `${kind}${component.slice(component.indexOf('['))}`
