import { play } from '../checker/index.ts'
import type { ProfileName } from '../spec/index.ts'
import { deviceClosed, fileClosed, mapped, unmapped } from './outside-effects.ts'
import type { Call, Entry, History } from './history.ts'
import { judge } from './judge.ts'
import type { LogValue } from './log-line.ts'
import { endOf, groupsOf, orders, overlaps, type Limits, type Way } from './order.ts'
import type { Verdict } from './verdict.ts'
import { keyOf, lose, moved, type World } from './world.ts'

/** What became of a context's calls. */
export interface Followed {
  readonly verdicts: readonly Verdict[]
  /** Where the search for an order was cut short: the line of the first call of a group. */
  readonly cut: readonly number[]
}

type Judged = Way<Verdict | null, World>

/** Bounds of the search for orders of overlapping calls. */
const limits: Limits = { steps: 3000, ways: 64 }

/**
 * Holds the calls of a context against the model. Where calls overlap, every order that explains
 * them is kept until one remains.
 */
export function follow(history: History, start: World, driver: ProfileName): Followed {
  const verdicts: (Verdict | null)[] = []
  const cut: number[] = []
  let ways: readonly Judged[] = [{ results: [], state: start }]
  for (const group of groupsOf(history.entries)) {
    const step = (world: World, entry: Entry) =>
      judgeEntry(world, entry, group, history.number, driver)
    const [only] = ways
    if (ways.length === 1 && group.length === 1) {
      const { result, state } = step(only.state, group[0])
      verdicts.push(result)
      ways = [{ results: [], state }]
      continue
    }
    const found = explained(ways, group, step)
    if (found.cut) cut.push(lineOf(group[0]))
    ways =
      found.ways.length > 0 && !found.cut ? found.ways : [unexplained(only, group, step, found.cut)]
    if (ways.length > 1) continue
    verdicts.push(...ways[0].results)
    ways = [{ results: [], state: ways[0].state }]
  }
  verdicts.push(...ways[0].results)
  return { verdicts: verdicts.filter((verdict) => verdict !== null), cut }
}

type Step = (
  world: World,
  entry: Entry,
) => { readonly result: Verdict | null; readonly state: World }

/** All ways on which no call of the group is rejected. */
function explained(
  ways: readonly Judged[],
  group: readonly Entry[],
  step: Step,
): { ways: readonly Judged[]; cut: boolean } {
  const after = new Map<string, Judged>()
  let cut = false
  const unlessRejected = (world: World, entry: Entry) => {
    const taken = step(world, entry)
    return taken.result?.status === 'rejected' ? null : taken
  }
  for (const way of ways) {
    const found = orders(group, way.state, unlessRejected, keyOf, limits)
    cut ||= found.cut
    for (const { results, state } of found.ways) {
      const key = keyOf(state)
      if (after.size < limits.ways && !after.has(key))
        after.set(key, { results: [...way.results, ...results], state })
    }
  }
  return { ways: [...after.values()], cut }
}

/**
 * What is said of a group that no order explains, in the order in which its calls ended; nothing,
 * where not all orders were tried.
 */
function unexplained(way: Judged, group: readonly Entry[], step: Step, cut: boolean): Judged {
  const { line, size } = { line: lineOf(group[0]), size: group.length }
  let state = cut
    ? lose(
        way.state,
        `the search for an order of the ${size} calls that overlap from line ${line} on was cut short`,
      )
    : way.state
  const results = [...way.results]
  for (const entry of [...group].sort((a, b) => endOf(a) - endOf(b))) {
    const taken = step(state, entry)
    state = taken.state
    const why =
      size === 1
        ? ''
        : `no order of the ${size} calls that overlap explains their answers; in the order of their ends: `
    results.push(
      taken.result?.status === 'rejected'
        ? { ...taken.result, reason: `${why}${taken.result.reason}` }
        : taken.result,
    )
  }
  return { results, state }
}

const lineOf = (entry: Entry) => (entry.kind === 'call' ? entry.call.line : entry.line)

function judgeEntry(
  world: World,
  entry: Entry,
  group: readonly Entry[],
  context: number,
  driver: ProfileName,
): ReturnType<Step> {
  switch (entry.kind) {
    case 'call': {
      const { verdict, world: state } = judge(entry.call, world, context, driver)
      return {
        result: verdict.status === 'rejected' ? (held(verdict, entry, group) ?? verdict) : verdict,
        state,
      }
    }
    case 'object file closed':
      return { result: null, state: fileClosed(entry.madeAt, world) }
    case 'mmap':
      return { result: null, state: mapped(entry.offset, entry.line, world) }
    case 'munmap':
      return { result: null, state: unmapped(entry.offset, world) }
    case 'device file closed': {
      if (world.lost !== null) return { result: null, state: world }
      const dev = `device[${entry.device}]`
      const detached = deviceClosed(dev, world)
      const played = play(detached.system, detached.moment, 'close(VFIO device)', { dev })
      return { result: null, state: played === null ? detached : moved(detached, played.next) }
    }
  }
}

/**
 * A DESTROY is refused while another call has the object in its hands, which no order of whole
 * calls shows.
 */
function held(
  verdict: Verdict,
  entry: Entry & { kind: 'call' },
  group: readonly Entry[],
): Verdict | null {
  const { ioctl, in: given } = entry.call
  if (ioctl !== 'IOMMU_DESTROY' || verdict.answer !== 'EBUSY') return null
  const id = given?.['id'] ?? -1
  const holder = group.find(
    (other) =>
      other !== entry && other.kind === 'call' && overlaps(other, entry) && holds(other.call, id),
  )
  return holder === undefined
    ? null
    : {
        ...verdict,
        status: 'predicted',
        reason: `while the call of line ${lineOf(holder)} has the object`,
        details: [],
      }
}

/** Fields that hold ids of objects. */
const idField = /(?:^|[._])id$/
const otherIds = ['virt_id', 'option_id']

/** Whether a call can have the object of an id in its hands while it runs. */
const holds = ({ ioctl, in: given = {} }: Call, id: LogValue): boolean =>
  // This one goes through all address spaces.
  ioctl === 'IOMMU_IOAS_CHANGE_PROCESS' ||
  Object.entries(given).some(
    ([name, value]) => value === id && idField.test(name) && !otherIds.includes(name),
  )
