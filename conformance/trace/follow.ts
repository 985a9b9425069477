import { kindOf, sibling } from '../binding/index.ts'
import { ioasUnder } from './doubts.ts'
import { number } from './fields.ts'
import type { Call } from './history.ts'
import { outsideIoctls, outsideOps } from './outside-ioctls.ts'
import { arrived, departed, lose, named, withTraits, type Stranger, type World } from './world.ts'

/** A world after a call that the model does not have, and how far the ids that the call told are those that were to be expected. */
export interface Followed {
  readonly world: World
  /** Ids that are not the lowest free ones, in words. */
  readonly wrong: string | null
}

const fine = (world: World): Followed => ({ world, wrong: null })

/** Objects that the call has made. */
function madeBy(call: Call, world: World): Followed {
  const { makes = [], fills } = (call.op === undefined ? outsideIoctls[call.ioctl] : outsideOps[call.op]) ?? {}
  const filled = fills === undefined ? null : named(world, number(call.in, fills) ?? 0)
  const known = filled !== null && kindOf(filled) === 'ioas' ? withTraits(world, filled, ['filled']) : world
  if (makes.length === 0) return fine(known)
  const nameOf = (type: string) => `${type}@${call.line}`
  const coming = makes.map((made): Stranger & { hasId: boolean } => {
    const holds = made.holds === undefined ? null : named(world, number(call.in, made.holds) ?? 0)
    const held = made.holdsAddressSpace === true && holds !== null ? ioasUnder(world, holds) : holds
    const first = makes[0].type
    return {
      ...{ name: nameOf(made.type), what: made.type, madeAt: call.line, hasId: true, diesWithFd: made.diesWithFd === true },
      holds: held === null ? [] : [held],
      partOf: made.type === first ? null : nameOf(first),
    }
  })
  const next = arrived(known, coming)
  const wrong = makes
    .filter(({ id }) => id !== undefined)
    .map(({ type, id = '' }) => ({ id, got: number(call.out, id), due: next.moment.ids.of(nameOf(type)) }))
    .filter(({ got, due }) => got !== due)
    .map(({ id, got, due }) => `${id} is ${got}; the lowest free id is ${due}`)
  return { world: next, wrong: wrong.length === 0 ? null : wrong.join('; ') }
}

/** The attachment of a PASID comes, moves or goes. */
function pasid(call: Call, world: World): World {
  const of = call.op === 'PASID_DETACH' ? 'pasid_detach' : call.op === 'PASID_REPLACE' ? 'pasid_replace' : 'pasid_attach'
  const stdev = named(world, number(call.in, 'id') ?? 0)
  const value = number(call.in, `${of}.pasid`)
  if (stdev === null || kindOf(stdev) !== 'selftest' || value === null) return world
  if (value === 0) return lose(world, `line ${call.line} changed the attachment of the RID in a way that the model does not have`)
  const name = `PASID ${value} of ${stdev}`
  const without = departed(world, (stranger) => stranger.name === name)
  if (call.op === 'PASID_DETACH') return without
  const pt = named(world, number(call.in, `${of}.pt_id`) ?? 0)
  const holds = [sibling('device', stdev), ...(pt === null ? [] : [pt])]
  return arrived(without, [{ name, what: `PASID ${value}`, madeAt: call.line, holds, diesWithFd: false, partOf: null, hasId: false }])
}

/** What a successful call that the model does not have leaves behind. */
export function followed(call: Call, world: World): Followed {
  const { ioctl, op } = call
  if (ioctl === 'IOMMU_DESTROY') {
    const gone = named(world, number(call.in, 'id') ?? 0)
    return fine(departed(world, (stranger) => stranger.name === gone))
  }
  if (op?.startsWith('PASID_') === true && op !== 'PASID_CHECK_HWPT') return fine(pasid(call, world))
  if (op === 'ACCESS_REPLACE_IOAS') {
    const ioas = named(world, number(call.in, 'access_replace_ioas.ioas_id') ?? 0)
    const old = [...world.strangers.values()].find((s) => s.madeAt === call.madeAt)
    if (old === undefined) return fine(lose(world, `line ${call.line} moved an access of which the log has no beginning`))
    const moved = { ...old, holds: ioas === null ? [] : [ioas] }
    return fine({ ...world, strangers: new Map(world.strangers).set(old.name, moved) })
  }
  const known = op === undefined ? outsideIoctls[ioctl] !== undefined : outsideOps[op] !== undefined
  // VFIO's container interface makes no objects on a context of its own.
  if (known || ioctl.startsWith('VFIO_')) return madeBy(call, world)
  return fine(world)
}

/** The file of an object is closed: an access goes with it. */
export const fileClosed = (madeAt: number, world: World): World =>
  departed(world, (stranger) => stranger.madeAt === madeAt && stranger.diesWithFd)

/** What of a page is mapped goes by this name. */
const mapOf = (offset: string) => `map at ${offset}`

/** The page of a vIOMMU is mapped: whoever maps it uses the vIOMMU. */
export function mapped(offset: string, line: number, world: World): World {
  const viommu = world.pages.get(offset)
  if (viommu === undefined) return world
  const name = `${mapOf(offset)} of line ${line}`
  return arrived(world, [{ name, what: 'a map of its page', madeAt: line, holds: [viommu], diesWithFd: false, partOf: null, hasId: false }])
}

/** One map of a page is gone. */
export function unmapped(offset: string, world: World): World {
  const first = [...world.strangers.keys()].find((name) => name.startsWith(`${mapOf(offset)} of`))
  return departed(world, (stranger) => stranger.name === first)
}
