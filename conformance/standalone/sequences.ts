import { ObjectIds, type Edge, type System } from '../../checker/index.ts'
import { systemOf, type Bounds } from '../../spec/index.ts'
import { kindOf } from '../../checker/inspect.ts'
import { StateTable } from '../generate/state-table.ts'
import { kindsOf, movesOf, pathOf, paths } from '../generate/paths.ts'

/** A call with its answer. */
export interface Planned {
  readonly action: string
  readonly args: Readonly<Record<string, string>>
  readonly outcome: string
  /** The ids of objects before and after it. */
  readonly before: ObjectIds
  readonly after: ObjectIds
}

/** Calls that begin with nothing open, and what machines need for them. */
export interface PlannedSequence {
  readonly system: System
  readonly calls: readonly Planned[]
  /** Devices that are used. */
  readonly devices: number
  /** An Arm SMMUv3 that can nest. */
  readonly nesting: boolean
  /** Devices that are alone in their groups: all devices of a group must be known to the vIOMMU. */
  readonly alone: boolean
}

const one: Partial<Bounds> = {
  ...{
    callers: 0,
    failures: 0,
    owners: 0,
    closing: 1,
    devices: 1,
    groups: 1,
    nestParents: 1,
    nested: 1,
    bypasses: 1,
    viommus: 1,
  },
}
/** What the calls are generated within: one device, then what takes two. */
const bounds: readonly Partial<Bounds>[] = [
  { ...one, ioas: 2, pagings: 1, vdevices: 2, virtIds: 2 },
  { ...one, devices: 2, groups: 2, ioas: 1, pagings: 0, vdevices: 2, virtIds: 1 },
]

/** The number of the device that a call on a device's own node is made on. */
export const deviceOf = ({ dev }: Readonly<Record<string, string>>): number =>
  Number(/\[(\d+)\]$/.exec(dev)?.[1])

const nestingKinds = ['hwptNested', 'viommu', 'vdevice']

const isNesting = (system: System, edge: Edge) =>
  Object.values(edge.step.args).some((value) => {
    const name = String(value)
    const kind = kindOf(name)
    if (nestingKinds.includes(kind)) return true
    return (
      kind === 'hwptPaging' &&
      system.kind(kind).initial[Number(name.slice(kind.length + 1, -1))].context.nestParent === true
    )
  })
const isAlone = (edge: Edge) =>
  edge.step.action === 'VFIO_DEVICE_ATTACH_IOMMUFD_PT' && kindsOf(edge).includes('hwptNested')

/**
 * Sequences that take every path of every call of SMMUv3's profile: each ends with a path that none
 * before has. Refusals ride along.
 */
export function plannedSequences(): PlannedSequence[] {
  const covered = new Set<string>()
  return bounds.flatMap((set) =>
    sequencesOf(systemOf({ scope: 'lifecycle', driver: 'smmuv3', set }), covered),
  )
}

function sequencesOf(system: System, covered: Set<string>): PlannedSequence[] {
  const table = new StateTable(system)
  const sequences: PlannedSequence[] = []
  // Longest first: they take most of the shorter ones along.
  for (const [name, way] of [...paths(table)].reverse()) {
    if (covered.has(name)) continue
    const moves = movesOf(way)
    const nesting = moves.some(({ edge }) => isNesting(system, edge))
    const alone = moves.some(({ edge }) => isAlone(edge))
    const edges = moves.flatMap(({ state, edge }) => [
      ...table.edges(state).filter((other) => {
        if (
          other.to !== state ||
          (isNesting(system, other) && !nesting) ||
          (isAlone(other) && !alone) ||
          other === edge
        )
          return false
        const refusal = pathOf(table, state, other)
        if (covered.has(refusal)) return false
        covered.add(refusal)
        return true
      }),
      edge,
    ])
    for (const { state, edge } of moves) covered.add(pathOf(table, state, edge))
    let state = 0
    let ids = new ObjectIds()
    const calls = edges.map((edge): Planned => {
      const before = ids
      ids = before.copy()
      table.effect(state, edge).ids(ids)
      state = edge.to
      const { action, args, outcome } = edge.step
      return { action, args: args as Record<string, string>, outcome, before, after: ids }
    })
    const devices = Math.max(
      0,
      ...calls.map(({ action, args }) => (action.includes('VFIO') ? deviceOf(args) + 1 : 0)),
    )
    sequences.push({ system, calls, devices, nesting, alone })
  }
  return sequences
}
