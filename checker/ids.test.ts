import { describe, expect, it } from 'vitest'
import { heard, ObjectIds } from './ids.ts'

const taken = (...names: string[]) => {
  const ids = new ObjectIds()
  for (const name of names) ids.take(name)
  return ids
}

describe('object ids', () => {
  it('start at 1 and are the lowest that is free', () => {
    const ids = taken('ioas[0]', 'device[0]', 'hwpt[0]')
    expect([...ids.now()]).toEqual([
      ['ioas[0]', 1],
      ['device[0]', 2],
      ['hwpt[0]', 3],
    ])
    ids.give('device[0]')
    ids.take('hwpt[1]')
    expect(ids.of('hwpt[1]')).toBe(2)
    ids.take('hwpt[2]')
    expect(ids.of('hwpt[2]')).toBe(4)
  })

  it('keep the number of a tombstone until the descriptor is closed', () => {
    const ids = taken('vdevice[0]')
    ids.tombstone('vdevice[0]')
    expect(ids.of('vdevice[0]')).toBeNull()
    ids.take('vdevice[0]')
    expect(ids.of('vdevice[0]')).toBe(2)
    ids.close()
    ids.take('vdevice[0]')
    expect(ids.of('vdevice[0]')).toBe(1)
  })

  it('leak where an object that has one takes another', () => {
    const ids = taken('ioas[0]', 'ioas[0]')
    expect(ids.of('ioas[0]')).toBe(2)
    ids.give('ioas[0]')
    ids.take('ioas[1]')
    expect(ids.of('ioas[1]')).toBe(2)
  })

  it('are given back by who has none without effect', () => {
    const ids = taken('a[0]')
    ids.give('b[0]')
    ids.take('b[0]')
    expect(ids.of('b[0]')).toBe(2)
  })

  it('hear of a call only when it took place', () => {
    const ids = taken('a[0]')
    const { record, apply } = heard()
    record.give('a[0]')
    record.take('b[0]')
    expect([...ids.now()]).toEqual([['a[0]', 1]])
    apply(ids)
    expect([...ids.now()]).toEqual([['b[0]', 1]])
  })
})
