import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import {
  actions,
  profiles,
  scopes,
  systemOf,
  type Bounds,
  type ProfileName,
  type ScopeName,
} from '../spec/index.ts'
import { propertiesFor, reach } from './index.ts'

interface Case {
  readonly scope: ScopeName
  readonly driver: ProfileName
  readonly set: Partial<Bounds>
}

const one = { ioas: 1, nestParents: 1, pagings: 0, nested: 1, bypasses: 0, viommus: 1, owners: 0 }
const cases: readonly Case[] = [
  { scope: 'smoke', driver: 'smmuv3', set: {} },
  { scope: 'smoke', driver: 'mock', set: {} },
  { scope: 'race', driver: 'smmuv3', set: {} },
  { scope: 'race', driver: 'mock', set: {} },
  // Two devices that share a group, and two that do not.
  { scope: 'lifecycle', driver: 'smmuv3', set: { ...one, groups: 1 } },
  { scope: 'lifecycle', driver: 'mock', set: one },
  // Another device in the middle of an attach.
  {
    scope: 'race',
    driver: 'smmuv3',
    set: {
      failures: 1,
      devices: 2,
      groups: 2,
      nestParents: 0,
      pagings: 0,
      nested: 0,
      viommus: 0,
      vdevices: 0,
      virtIds: 0,
    },
  },
  {
    scope: 'race',
    driver: 'mock',
    set: {
      failures: 1,
      devices: 2,
      groups: 2,
      nestParents: 0,
      pagings: 0,
      nested: 0,
      viommus: 0,
      vdevices: 0,
      virtIds: 0,
    },
  },
]

/** Without HWPTs but automatic ones, vIOMMUs and VDEVICEs these have nothing to hold of. */
const vacuousWithoutThem = [
  'nest-parent-lives',
  'viommu-lives',
  'one-vdevice-per-device',
  'one-vdevice-per-virtual-id',
  'vdevice-device-bound',
  'nested-through-its-viommu',
  'users-cover-holders-hwptPaging',
  'users-cover-holders-hwptNested',
  'users-cover-holders-viommu',
]

const reachable = new Set([...reach.map(({ call, errno }) => `${call} ${errno}`)])

describe('the specification has its properties', () => {
  it.each(cases)('in $scope on $driver with $set', async ({ scope, driver, set }) => {
    const small = set.vdevices === 0
    const properties = propertiesFor(scope, driver, set).filter(
      ({ id, kind }) => !small || kind !== 'cover' || id === 'reach-auto-outlives',
    )
    const report = await check(systemOf({ scope, driver, set, properties }))
    const unexpected = report.properties.filter(
      ({ verdict }) => verdict !== 'proved' && verdict !== 'covered',
    )
    expect(unexpected.map(({ id, verdict }) => `${id}: ${verdict}`)).toEqual(
      small ? vacuousWithoutThem.map((id) => `${id}: vacuous`) : [],
    )
    const errnos = Object.entries(report.statistics.outcomes).flatMap(([operation, outcomes]) =>
      outcomes
        .filter((outcome) => outcome !== 'ok' && outcome !== 'step')
        .map((outcome) => `${operation.replace(/:.*/, '')} ${outcome}`),
    )
    expect(errnos.filter((name) => !reachable.has(name))).toEqual([])
  })

  it('and its table of errnos names calls that there are', () => {
    const calls = new Set(
      Object.values(profiles).flatMap((profile) =>
        actions(scopes.smoke, profile).map(({ name }) => name),
      ),
    )
    expect(reach.filter(({ call }) => !calls.has(call))).toEqual([])
  })
})
