import { kindOf } from '../checker/inspect.ts'
import type { ProfileName } from '../spec/index.ts'
import {
  bindings,
  callOf,
  structOfTarget,
  worldAt,
  type ModelCall,
  type World as BindingWorld,
} from '../uapi/binding/index.ts'
import { constants } from '../uapi/index.ts'
import { errnoName } from '../uapi/errno.ts'
import { number } from './fields.ts'
import type { Call } from './history.ts'
import type { LogValue } from './log-line.ts'
import { outsideOf } from './outside-ioctls.ts'
import { named, type Trait, type World } from './world.ts'

const {
  IOMMU_HWPT_ALLOC_DIRTY_TRACKING: DIRTY,
  IOMMU_HWPT_FAULT_ID_VALID: FAULT,
  IOMMU_HWPT_ALLOC_PASID: PASID,
  MOCK_FLAGS_DEVICE_NO_DIRTY: NO_DIRTY,
  MOCK_FLAGS_DEVICE_PASID: DEVICE_PASID,
} = constants

/** A call in the model's words, as far as there are any. */
export interface Reading {
  /** The call of the model that comes next to it; null where there is none. */
  readonly model: ModelCall | null
  /** Its output by the names that the model's call has for it. */
  readonly out: Readonly<Record<string, LogValue>>
  /**
   * The parts of the call that the model does not have; the model's call alone is no prediction
   * where there are any.
   */
  readonly missing: readonly string[]
  /** What is to be known of the object that it makes. */
  readonly traits: readonly Trait[]
}

type Fields = Readonly<Record<string, LogValue>>
/** A call without the parts that are told apart here. */
interface Bare {
  readonly op: string | undefined
  readonly in: Fields
  readonly out: Fields
  readonly missing: string[]
  readonly traits: Trait[]
}

const traitsOfFlags: readonly (readonly [number, Trait])[] = [
  [DIRTY, 'IOMMU_HWPT_ALLOC_DIRTY_TRACKING'],
  [FAULT, 'IOMMU_HWPT_FAULT_ID_VALID'],
  [PASID, 'IOMMU_HWPT_ALLOC_PASID'],
]

/**
 * HWPT_ALLOC without flags that change nothing in the life of the HWPT, and without user data for
 * an IOAS.
 */
function bareHwptAlloc(bare: Bare, world: World): Bare {
  const flags = number(bare.in, 'flags') ?? 0
  const found = traitsOfFlags.filter(([bit]) => (flags & bit) !== 0)
  const kept = found.reduce((rest, [bit]) => rest - bit, flags)
  const names = found.map(([, trait]) => trait)
  const onIoas = kindOf(named(world, number(bare.in, 'pt_id') ?? 0) ?? '[') === 'ioas'
  const data = onIoas && (number(bare.in, 'data_type') ?? 0) !== 0
  return {
    ...bare,
    in: { ...bare.in, flags: kept, ...(data ? { data_type: 0, data_len: 0 } : {}) },
    missing: [...bare.missing, ...names, ...(data ? ['data_type for an IOAS'] : [])],
    traits: [...bare.traits, ...names],
  }
}

/** VIOMMU_ALLOC without user data. */
function bareViommuAlloc(bare: Bare): Bare {
  if ((number(bare.in, 'data_len') ?? 0) === 0) return bare
  return {
    ...bare,
    in: { ...bare.in, data_len: 0 },
    missing: [...bare.missing, 'data_len'],
    traits: ['mappable'],
  }
}

/** MOCK_DOMAIN_FLAGS as MOCK_DOMAIN. */
function bareMockDomain(bare: Bare): Bare {
  const flags = number(bare.in, 'mock_domain_flags.dev_flags') ?? 0
  const renamed = (fields: Fields): Fields =>
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name.replace('mock_domain_flags.', 'mock_domain.'),
        value,
      ]),
    )
  const noDirty = (flags & NO_DIRTY) !== 0
  const pasid = (flags & DEVICE_PASID) !== 0
  return {
    ...{ op: 'MOCK_DOMAIN', in: renamed(bare.in), out: renamed(bare.out) },
    missing: [
      ...(noDirty ? ['MOCK_FLAGS_DEVICE_NO_DIRTY'] : []),
      ...(pasid ? ['MOCK_FLAGS_DEVICE_PASID'] : []),
      ...((flags & ~(NO_DIRTY | DEVICE_PASID)) !== 0 ? [`dev_flags ${flags}`] : []),
    ],
    traits: noDirty ? ['MOCK_FLAGS_DEVICE_NO_DIRTY'] : [],
  }
}

function bareOf({ ioctl, op, in: given = {}, out = {} }: Call, world: World): Bare {
  const bare: Bare = { op, in: given, out, missing: [], traits: [] }
  if (ioctl === 'IOMMU_HWPT_ALLOC') return bareHwptAlloc(bare, world)
  if (ioctl === 'IOMMU_VIOMMU_ALLOC') return bareViommuAlloc(bare)
  if (op === 'MOCK_DOMAIN_FLAGS') return bareMockDomain(bare)
  return bare
}

/** Whether the model has calls of an ioctl, with whatever fields. */
export const inModel = ({ ioctl, op }: Pick<Call, 'ioctl' | 'op'>, driver: ProfileName): boolean =>
  bindings[driver].some(
    (b) => b.ioctl === ioctl && b.op === (op === 'MOCK_DOMAIN_FLAGS' ? 'MOCK_DOMAIN' : op),
  )

/** Reads a logged call against a moment. */
export function reading(call: Call, world: World, driver: ProfileName): Reading {
  const nothing = (why: string): Reading => ({
    model: null,
    out: call.out ?? {},
    missing: [why],
    traits: [],
  })
  const struct = structOfTarget(call)
  const size = number(call.in, 'size') ?? number(call.in, 'argsz')
  if (struct !== undefined && size === null) return nothing('its struct could not be read')
  // What the dispatcher says of sizes is said before the call is looked at.
  if (
    struct !== undefined &&
    size !== struct.size &&
    ['EINVAL', 'E2BIG'].includes(errnoName(call.errno) ?? '')
  )
    return nothing(`size is ${size}: the model has only ${struct.size}`)
  const about = outsideOf(call)?.says
  if (about !== undefined) return nothing(`the model has no ${about}`)
  const { op, in: given, out, missing, traits } = bareOf(call, world)
  const found = callOf(
    bindings[driver],
    { ioctl: call.ioctl, ...(op === undefined ? {} : { op }), in: given },
    bindingWorld(world, call),
  )
  if ('outside' in found) return nothing([...missing, found.outside].join('; '))
  return { model: found, out, missing, traits }
}

/** What the binding asks of a moment. */
function bindingWorld(world: World, call: Call): BindingWorld {
  return worldAt(world.moment, {
    named: (id) => {
      const name = named(world, id)
      const object = name === null ? undefined : world.outsideObjects.get(name)
      return object === undefined ? name : { outside: object.what }
    },
    value: (kind, n) =>
      world.virtIds.get(String(n)) ??
      (world.virtIds.size < world.system.kind(kind).count
        ? `${kind}[${world.virtIds.size}]`
        : null),
    descriptor: () => (call.device === null ? null : `device[${call.device}]`),
  })
}
