import { kindOf } from '../checker/inspect.ts'
import type { ProfileName } from '../spec/index.ts'
import { sibling } from '../uapi/binding/index.ts'
import { ioasUnder } from './dependences.ts'
import { number } from './fields.ts'
import type { Call } from './history.ts'
import { outsideOf, unreadIoctls } from './outside-ioctls.ts'
import { inModel } from './reading.ts'
import { callText } from './verdict.ts'
import {
  arrived,
  departed,
  lose,
  named,
  withTraits,
  type OutsideObject,
  type World,
} from './world.ts'

/**
 * A world after a call that the model does not have, and how far the ids that the call told are
 * those that were to be expected.
 */
export interface Followed {
  readonly world: World
  /** Ids that are not the lowest free ones, in words. */
  readonly wrong: string | null
}

const fine = (world: World): Followed => ({ world, wrong: null })

/** Objects that the call has made. */
function madeBy(call: Call, world: World): Followed {
  const { makes = unreadIoctls[call.ioctl] ?? [], fills } = outsideOf(call) ?? {}
  const filled = fills === undefined ? null : named(world, number(call.in, fills) ?? 0)
  const known =
    filled !== null && kindOf(filled) === 'ioas' ? withTraits(world, filled, ['filled']) : world
  if (makes.length === 0) return fine(known)
  const nameOf = (type: string) => `${type}@${call.line}`
  const coming = makes.map((made): OutsideObject & { hasId: boolean } => {
    const holds = made.holds === undefined ? null : named(world, number(call.in, made.holds) ?? 0)
    const held = made.holdsAddressSpace === true && holds !== null ? ioasUnder(world, holds) : holds
    const first = makes[0].type
    return {
      ...{
        name: nameOf(made.type),
        what: made.type,
        madeAt: call.line,
        hasId: true,
        diesWithFd: made.diesWithFd === true,
      },
      holds: held === null ? [] : [held],
      partOf: made.type === first ? null : nameOf(first),
    }
  })
  const next = arrived(known, coming)
  const wrong = makes
    .filter(({ id }) => id !== undefined)
    .map(({ type, id = '' }) => ({
      id,
      got: number(call.out, id),
      due: next.moment.ids.of(nameOf(type)),
    }))
    .filter(({ got, due }) => got !== null && got !== due)
    .map(({ id, got, due }) => `${id} is ${got}; the lowest free id is ${due}`)
  return { world: next, wrong: wrong.length === 0 ? null : wrong.join('; ') }
}

/**
 * A call about the attachment of a PASID: of which device, and to what; null for any other call.
 */
function pasidCall({ ioctl, op, device, in: given, out }: Call, world: World) {
  const how = (field: string) => ({
    pasid: number(given, `${field}pasid`),
    to: number(out, `${field}pt_id`) ?? number(given, `${field}pt_id`),
  })
  if (ioctl === 'VFIO_DEVICE_ATTACH_IOMMUFD_PT' || ioctl === 'VFIO_DEVICE_DETACH_IOMMUFD_PT')
    return {
      ...how(''),
      device: `device[${device}]`,
      detaches: ioctl === 'VFIO_DEVICE_DETACH_IOMMUFD_PT',
    }
  if (op !== 'PASID_ATTACH' && op !== 'PASID_REPLACE' && op !== 'PASID_DETACH') return null
  const stdev = named(world, number(given, 'id') ?? 0) ?? ''
  return {
    ...how(`${op.toLowerCase()}.`),
    device: sibling('device', stdev),
    detaches: op === 'PASID_DETACH',
  }
}

/** The attachment of a PASID comes, moves or goes. */
function pasidFollowed(
  call: Call,
  { pasid, to, device, detaches }: NonNullable<ReturnType<typeof pasidCall>>,
  world: World,
): World {
  if (pasid === null || pasid === 0)
    return lose(
      world,
      `line ${call.line} changed the attachment of the RID in a way that the model does not have`,
    )
  const name = `PASID ${pasid} of ${device}`
  const without = departed(world, (object) => object.name === name)
  if (detaches) return without
  const pt = to === null ? null : named(world, to)
  const holds = [device, ...(pt === null ? [] : [pt])]
  return arrived(without, [
    {
      name,
      what: `PASID ${pasid}`,
      madeAt: call.line,
      holds,
      diesWithFd: false,
      partOf: null,
      hasId: false,
    },
  ])
}

/** Whether a call moves references without making an object. */
const changesReferences = ({ op }: Call): boolean =>
  op === 'ACCESS_REPLACE_IOAS' ||
  op === 'PASID_ATTACH' ||
  op === 'PASID_REPLACE' ||
  op === 'PASID_DETACH'

/** What a successful call that the model does not have leaves behind. */
export function followed(call: Call, world: World, driver: ProfileName): Followed {
  const { ioctl, op } = call
  const about = outsideOf(call)
  const harmless = about !== undefined && about.makes === undefined && !changesReferences(call)
  if (!harmless && number(call.in, 'size') === null && number(call.in, 'argsz') === null)
    return fine(lose(world, `what line ${call.line} (${callText(call)}) was given was not logged`))
  if (ioctl === 'IOMMU_DESTROY') {
    const gone = named(world, number(call.in, 'id') ?? 0)
    return fine(departed(world, (object) => object.name === gone))
  }
  const pasid = pasidCall(call, world)
  if (pasid !== null) return fine(pasidFollowed(call, pasid, world))
  if (op === 'ACCESS_REPLACE_IOAS') {
    const ioas = named(world, number(call.in, 'access_replace_ioas.ioas_id') ?? 0)
    const old = [...world.outsideObjects.values()].find((s) => s.madeAt === call.madeAt)
    if (old === undefined)
      return fine(
        lose(world, `line ${call.line} moved an access of which the log has no beginning`),
      )
    const moved = { ...old, holds: ioas === null ? [] : [ioas] }
    return fine({ ...world, outsideObjects: new Map(world.outsideObjects).set(old.name, moved) })
  }
  // A check changes nothing.
  if (about !== undefined || ioctl in unreadIoctls || op === 'PASID_CHECK_HWPT')
    return madeBy(call, world)
  const why = inModel(call, driver)
    ? 'with fields that the model does not have'
    : 'and nobody knows what it does'
  return fine(lose(world, `line ${call.line} (${callText(call)}) succeeded ${why}`))
}

/** The file of an object is closed: an access goes with it. */
export const fileClosed = (madeAt: number, world: World): World =>
  departed(world, (object) => object.madeAt === madeAt && object.diesWithFd)

/** What of a page is mapped goes by this name. */
const mapOf = (offset: string) => `map at ${offset}`

/** The page of a vIOMMU is mapped: whoever maps it uses the vIOMMU. */
export function mapped(offset: string, line: number, world: World): World {
  const viommu = world.pages.get(offset)
  if (viommu === undefined) return world
  const name = `${mapOf(offset)} of line ${line}`
  return arrived(world, [
    {
      name,
      what: 'a map of its page',
      madeAt: line,
      holds: [viommu],
      diesWithFd: false,
      partOf: null,
      hasId: false,
    },
  ])
}

/** One map of a page is gone. */
export function unmapped(offset: string, world: World): World {
  const first = [...world.outsideObjects.keys()].find((name) =>
    name.startsWith(`${mapOf(offset)} of`),
  )
  return departed(world, (object) => object.name === first)
}

/** The node of a device is closed: its PASIDs are detached first. */
export const deviceClosed = (device: string, world: World): World =>
  departed(world, (object) => object.name.endsWith(` of ${device}`))
