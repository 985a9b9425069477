import { expect, test } from 'vitest'
import { parseMessages, splats } from './kmsg.ts'

test('the level is in the low three bits; lines of a dictionary belong to their record', () => {
  expect(parseMessages('30,1,2,-;a;b\n SUBSYSTEM=iommu\n12,2,3,c;next\n')).toEqual([
    { level: 6, text: 'a;b' },
    { level: 4, text: 'next' },
  ])
})

test('what the runner appends is kept', () => {
  expect(parseMessages('the stack of the call:\n[<0>] do_exit\n').map((m) => m.text)).toEqual([
    'the stack of the call:',
    '[<0>] do_exit',
  ])
})

test('faults of the kernel are told from other warnings', () => {
  const texts = [
    'WARNING: CPU: 0 PID: 22 at drivers/iommu/iommufd/device.c:1',
    'BUG: kernel NULL pointer dereference, address: 0000000000000008',
    'Oops: general protection fault, probably for non-canonical address',
    'iommu: Failed to attach',
  ]
  expect(splats(texts.map((text) => ({ level: 4, text }))).map((s) => s.splat)).toEqual([
    'WARNING',
    'BUG',
    'Oops',
  ])
})
