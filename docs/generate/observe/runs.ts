import { propertiesFor } from '../../../properties/index.ts'
import {
  profiles,
  systemOf,
  type Bounds,
  type ProfileName,
  type ScopeName,
} from '../../../spec/index.ts'
import type { System } from '../../../checker/index.ts'
import { ownCovers } from './covers.ts'

/** One system that the documents rest on. */
export interface Chosen {
  /** Its name in the documents. */
  readonly name: string
  readonly scope: ScopeName
  readonly driver: ProfileName
  /** Numbers in place of the scope's. */
  readonly set: Partial<Bounds>
}

const pair = { nestParents: 1, nested: 1, bypasses: 0, viommus: 1, virtIds: 1 }
const trio = {
  devices: 3,
  ioas: 2,
  nestParents: 0,
  pagings: 0,
  nested: 0,
  bypasses: 0,
  viommus: 0,
  vdevices: 0,
  virtIds: 1,
  owners: 0,
}
const one = (scope: ScopeName, driver: ProfileName): Chosen => ({
  name: `${scope}/${driver}`,
  scope,
  driver,
  set: {},
})

/** Explored in seconds: once more by the tests, against what is recorded. */
export const cheap: readonly Chosen[] = [
  ...(Object.keys(profiles) as ProfileName[]).map((driver) => one('smoke', driver)),
  // Two devices that share a group, which no scope has.
  {
    name: 'shared/smmuv3',
    scope: 'lifecycle',
    driver: 'smmuv3',
    set: { groups: 1, ioas: 1, nestParents: 1, nested: 1, bypasses: 1, viommus: 1, owners: 0 },
  },
  // Two devices and two address spaces, and little else: small enough for every effect of every
  // call.
  {
    name: 'pair/smmuv3',
    scope: 'lifecycle',
    driver: 'smmuv3',
    set: { ...pair, pagings: 0, vdevices: 1, owners: 0 },
  },
  { name: 'pair/mock', scope: 'lifecycle', driver: 'mock', set: pair },
  // An HWPT that another device keeps, while two move; one nested HWPT in place of another.
  {
    name: 'trio/smmuv3',
    scope: 'lifecycle',
    driver: 'smmuv3',
    set: { ...trio, groups: 2, pagings: 1 },
  },
  {
    name: 'trio/mock',
    scope: 'lifecycle',
    driver: 'mock',
    set: { ...trio, groups: 3, nestParents: 1, nested: 2 },
  },
]

/** All that the documents rest on. */
export const chosen: readonly Chosen[] = [
  ...cheap,
  one('lifecycle', 'smmuv3'),
  one('race', 'smmuv3'),
  one('race', 'mock'),
]

/**
 * The system of a run, with its properties and the covers that give the documents their sequences.
 */
export function build({ scope, driver, set }: Chosen): System {
  const system = systemOf({ scope, driver, set, properties: propertiesFor(scope, driver, set) })
  return { ...system, properties: [...system.properties, ...ownCovers(system)] }
}
