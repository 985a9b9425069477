import { describe, expect, it } from 'vitest'
import { systemOf } from './index.ts'

describe('bounds that make no system', () => {
  it.each([
    [{ groups: 0 }, /CHK013.*0 groups/],
    [{ groups: 2, devices: 1 }, /CHK013.*2 groups for 1 devices/],
    [{ viommus: -1 }, /CHK013.*viommus is -1/],
    [{ ioas: 1.5 }, /CHK013.*ioas is 1.5/],
  ])('%o', (set, message) => {
    expect(() => systemOf({ scope: 'smoke', driver: 'smmuv3', set })).toThrow(message)
  })

  it('mock devices that share a group', () => {
    const set = { devices: 2, groups: 1 }
    expect(() => systemOf({ scope: 'smoke', driver: 'mock', set })).toThrow(
      /CHK013.*1 groups for 2 mock devices/,
    )
    expect(() => systemOf({ scope: 'smoke', driver: 'smmuv3', set })).not.toThrow()
  })
})
