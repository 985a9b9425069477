import { describe, expect, it } from 'vitest'
import { check } from '../checker/index.ts'
import { systemOf } from './index.ts'

const tiny = { nested: 0, viommus: 0, vdevices: 0, virtIds: 0 }

/** Which kind of lock is taken while which is held, in some call. */
async function order(driver: 'smmuv3' | 'mock'): Promise<string[]> {
  const system = systemOf({ scope: 'smoke', driver, set: tiny })
  const { properties } = await check(system)
  expect(properties.find(({ id }) => id === 'locks')).toMatchObject({ verdict: 'proved' })
  const pairs = system.lockOrder.known().map((line) => line.split('\t').slice(0, 2).join(' > '))
  return pairs.sort()
}

const shared = [
  'igroupLock > groupMutex',
  'ioasMutex > groupMutex',
  'ioasMutex > igroupLock',
] as const

describe('locks are taken from the outside in', () => {
  it('dev_set->lock, ioas->mutex, igroup->lock, group->mutex', async () => {
    const outer = ['devSet > groupMutex', 'devSet > igroupLock', 'devSet > ioasMutex']
    expect(await order('smmuv3')).toEqual([...outer, ...shared])
  })
  it('a mock device: iopf_rwsem in place of dev_set->lock', async () => {
    const outer = ['iopfRwsem > groupMutex', 'iopfRwsem > igroupLock', 'iopfRwsem > ioasMutex']
    const sorted = [...shared, ...outer].sort()
    expect(await order('mock')).toEqual(sorted)
  })
})
