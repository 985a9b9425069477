import type { System } from '../checker/index.ts'
import { systemOf, type ProfileName } from '../spec/index.ts'
import { boundsFor, virtIdsOf } from './bounds.ts'
import { follow } from './follow.ts'
import { historiesOf } from './history.ts'
import { stray } from './judge.ts'
import type { Logged } from './log-line.ts'
import type { Verdict } from './verdict.ts'
import { opened } from './world.ts'

/** What a log came to. */
export interface Validation {
  readonly driver: ProfileName
  /** How many contexts were opened. */
  readonly contexts: number
  /** One for each call, in the order of the log. */
  readonly verdicts: readonly Verdict[]
  /** Calls that overlap, by the line of the first, for whose order the search was cut short. */
  readonly cut: readonly number[]
}

/** The driver that a log speaks of: the mock driver where its calls are in it. */
const driverOf = (log: readonly Logged[]): ProfileName =>
  log.some((line) => 'ioctl' in line && line.ioctl === 'IOMMU_TEST_CMD') ? 'mock' : 'smmuv3'

/**
 * Holds every call of a log against the model, each context by itself. The driver is told by the
 * log where none is named.
 *
 * @throws TraceError TRC003 for a line that ends before it begins
 */
export function validate(log: readonly Logged[], driver: ProfileName = driverOf(log)): Validation {
  const { contexts, strays } = historiesOf(log)
  const systems = new Map<string, System>()
  const followed = contexts.map((history) => {
    const virtIds = virtIdsOf(history)
    const set = boundsFor(history, virtIds.size)
    const key = JSON.stringify(set)
    const system = systems.get(key) ?? systemOf({ scope: 'lifecycle', driver, set })
    systems.set(key, system)
    return follow(history, opened(system, virtIds), driver)
  })
  const verdicts = [
    ...followed.flatMap((one) => one.verdicts),
    ...strays.map((call) => stray(call, driver)),
  ]
  return {
    driver,
    contexts: contexts.length,
    verdicts: verdicts.sort((a, b) => a.line - b.line),
    cut: followed.flatMap((one) => one.cut),
  }
}
