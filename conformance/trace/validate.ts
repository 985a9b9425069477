import { play, type Moment, type System } from '../../checker/index.ts'
import { systemOf, type ProfileName } from '../../spec/index.ts'
import { boundsFor, virtIdsOf } from './bounds.ts'
import { fileClosed, mapped, unmapped } from './follow.ts'
import { historiesOf, type Entry, type History } from './history.ts'
import { judge, stray } from './judge.ts'
import type { Logged } from './log-line.ts'
import { groupsOf, order } from './order.ts'
import type { Verdict } from './verdict.ts'
import { lose, moved, opened, type World } from './world.ts'

/** What a log came to. */
export interface Validation {
  readonly driver: ProfileName
  /** How many contexts were opened. */
  readonly contexts: number
  /** One for each call, in the order of the log. */
  readonly verdicts: readonly Verdict[]
  /** Groups of overlapping calls for whose order the search was cut short: by the line of the first. */
  readonly cut: readonly number[]
}

/** Steps of a search for an order of overlapping calls. */
const mostSteps = 10_000

/** The driver that a log speaks of: the mock driver where its calls are in it. */
export const driverOf = (log: readonly Logged[]): ProfileName =>
  log.some((line) => 'ioctl' in line && line.ioctl === 'IOMMU_TEST_CMD') ? 'mock' : 'smmuv3'

/**
 * Holds every call of a log against the model, each context by itself.
 *
 * @throws TraceError TRC003 for a line that ends before it begins
 */
export function validate(log: readonly Logged[], driver: ProfileName = driverOf(log)): Validation {
  const { contexts, strays } = historiesOf(log)
  const cut: number[] = []
  const systems = new Map<string, System>()
  const verdicts = contexts.flatMap((history) => follow(history, driver, systems, cut))
  return {
    driver,
    contexts: contexts.length,
    verdicts: [...verdicts, ...strays.map((call) => stray(call, driver))].sort((a, b) => a.line - b.line),
    cut,
  }
}

function follow(history: History, driver: ProfileName, systems: Map<string, System>, cut: number[]): Verdict[] {
  const virtIds = virtIdsOf(history)
  const set = boundsFor(history, virtIds.size)
  const key = JSON.stringify(set)
  const system = systems.get(key) ?? systemOf({ scope: 'lifecycle', driver, set })
  systems.set(key, system)
  let world = opened(system, virtIds)
  const verdicts: Verdict[] = []
  const one = (at: World, entry: Entry): { result: Verdict | null; state: World } => {
    const { verdict, world: state } = step(at, entry, history.number, driver)
    return { result: verdict, state }
  }
  for (const group of groupsOf(history.entries)) {
    const found = group.length === 1 ? null : order(group, world, (at, entry) => allowed(one(at, entry)), mostSteps)
    if (found?.kind === 'found') {
      verdicts.push(...found.steps.filter((v) => v !== null))
      world = found.state
      continue
    }
    const [first] = group
    if (found?.kind === 'bound') {
      cut.push(lineOf(first))
      world = lose(
        world,
        `no order of the ${group.length} calls that overlap from line ${lineOf(first)} on was found in ${mostSteps} steps`,
      )
    }
    const none =
      found?.kind === 'none' ? `no order of the ${group.length} calls that overlap explains all answers; in the order of their ends: ` : ''
    for (const entry of found === null ? group : byEnd(group)) {
      const { result, state } = one(world, entry)
      world = state
      if (result !== null) verdicts.push(result.status === 'rejected' ? { ...result, reason: `${none}${result.reason}` } : result)
    }
  }
  return verdicts
}

const allowed = <T extends { readonly result: Verdict | null }>(step: T): T | null => (step.result?.status === 'rejected' ? null : step)
const lineOf = (entry: Entry) => (entry.kind === 'call' ? entry.call.line : entry.line)

function byEnd(group: readonly Entry[]): Entry[] {
  const end = ({ span }: Entry) => span?.[1] ?? 0
  return [...group].sort((a, b) => end(a) - end(b))
}

function step(world: World, entry: Entry, context: number, driver: ProfileName): { verdict: Verdict | null; world: World } {
  switch (entry.kind) {
    case 'call':
      return judge(entry.call, world, context, driver)
    case 'object file closed':
      return { verdict: null, world: fileClosed(entry.madeAt, world) }
    case 'mmap':
      return { verdict: null, world: mapped(entry.offset, entry.line, world) }
    case 'munmap':
      return { verdict: null, world: unmapped(entry.offset, world) }
    case 'device file closed': {
      const played = world.lost === null ? play(world.system, world.moment, 'close(VFIO device)', { dev: `device[${entry.device}]` }) : null
      return { verdict: null, world: played === null ? world : moved(world, played.next as Moment) }
    }
  }
}
