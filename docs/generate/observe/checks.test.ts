import { describe, expect, it } from 'vitest'
import type { Check } from './check.ts'
import { checksOf } from './checks.ts'
import { mergeChecks, withRacing } from './merge-checks.ts'
import type { Look, Way } from './look.ts'

const look = (how: Look['how'], of: string, name: string, value: string, kind = ''): Look => ({
  how,
  of,
  kind,
  name,
  value,
})
const way = (outcome: string, ...looks: Look[]): Way => ({ action: 'call', looks, outcome })
const told = (checks: readonly Check[]) =>
  checks.map(({ errno, of, name, values }) => `${errno} ${of}.${name} ${values.join('|')}`)

describe('the checks of a call', () => {
  it('are the looks after one answer of which it can still succeed, and after another no more', () => {
    const ways = [
      way('ok', look('state', 'dev', 'live', 'true'), look('field', 'dev', 'attached', 'false')),
      way('ok', look('state', 'dev', 'live', 'true'), look('field', 'dev', 'attached', 'true')),
      way('EINVAL', look('state', 'dev', 'live', 'false')),
    ]
    expect(told(checksOf(ways))).toEqual(['EINVAL dev.live false'])
  })

  it('name the refusal with the same code that follows a look', () => {
    const ways = [
      way(
        'ok',
        look('state', 'group', 'unowned', 'true'),
        look('event', 'group', 'claim', 'taken'),
      ),
      way(
        'EPERM',
        look('state', 'group', 'unowned', 'false'),
        look('event', 'group', 'claim', 'EPERM'),
      ),
    ]
    expect(told(checksOf(ways))).toEqual(['EPERM group.claim EPERM'])
  })

  it('tell apart two errors that one answer leads to', () => {
    const kind = (value: string) => look('kind', 'pt', 'kind', value)
    const nested = (value: string) => look('field', 'driver', 'nested', value)
    const ways = [
      way('ok', kind('paging'), nested('true')),
      way('EOPNOTSUPP', kind('paging'), nested('false')),
      way('EOPNOTSUPP', kind('auto'), nested('false')),
      way('EINVAL', kind('auto'), nested('true')),
    ]
    expect(told(checksOf(ways))).toEqual(['EINVAL pt.kind auto', 'EOPNOTSUPP driver.nested false'])
  })

  it('stand in the order in which some way has both', () => {
    const [alloc, attach] = [
      (v: string) => look('fails', '', 'alloc', v),
      (v: string) => look('fails', '', 'attach', v),
    ]
    const on = (kind: string) => look('kind', 'pt', 'kind', kind)
    const ways = [
      way('ok', on('hwpt'), attach('false')),
      way('ENOMEM', on('hwpt'), attach('true')),
      way('ok', on('ioas'), alloc('false'), attach('false')),
      way('ENOMEM', on('ioas'), alloc('true')),
      way('ENOMEM', on('ioas'), alloc('false'), attach('true')),
    ]
    expect(told(checksOf(ways))).toEqual(['ENOMEM .alloc true', 'ENOMEM .attach true'])
  })

  it('of a call that never succeeds are the last that it looks at', () => {
    const lookup = (value: string) => look('event', 'dev', 'lookup', value)
    const ways = [
      way('ENOENT', look('state', 'ictx', 'open', 'true'), lookup('ENOENT')),
      way(
        'EINVAL',
        look('state', 'ictx', 'open', 'true'),
        lookup('taken'),
        look('field', 'dev', 'handle', 'true'),
        look('event', 'dev', 'dec', 'taken'),
      ),
    ]
    expect(told(checksOf(ways))).toEqual(['ENOENT dev.lookup ENOENT', 'EINVAL dev.handle true'])
  })

  it('know the answers after which the call goes on', () => {
    const vdev = (value: string) => look('field', 'dev', 'vdev', value)
    expect(checksOf([way('ok', vdev('null')), way('EEXIST', vdev('dev.vdev'))])).toMatchObject([
      { values: ['dev.vdev'], passes: ['null'] },
    ])
  })

  it('say what all ways to them have seen of the arguments, and others have not', () => {
    const attached = (value: string) => look('field', 'dev', 'attached', value)
    const current = (value: string) => look('field', 'igroup(dev.group)', 'hwpt', value)
    const live = look('state', 'dev', 'live', 'true')
    const ways = [
      way('ok', live, attached('true'), current('other')),
      way('ok', live, attached('false'), current('null')),
      way('EINVAL', live, attached('false'), current('other')),
    ]
    const [{ errno, where }] = checksOf(ways)
    expect([
      errno,
      ...where.filter(({ matters }) => matters).map(({ name, value }) => `${name} ${value}`),
    ]).toEqual(['EINVAL', 'attached false'])
  })

  it('of an argument that is met by another way are checks of its kind', () => {
    const kind = (value: string) => look('kind', 'pt', 'kind', value)
    const device = (value: string) => look('field', 'stdev', 'device', value)
    const ways = [
      way('ok', device('stdev.device'), kind('ioas')),
      way('EINVAL', device('pt'), kind('device')),
    ]
    expect(told(checksOf(ways))).toEqual(['EINVAL pt.kind device'])
  })

  it('that ask the same stand in the order in which they were met', () => {
    const remove = (value: string) => look('event', 'obj', 'remove', value)
    const ways = [
      way('ENOENT', remove('ENOENT')),
      way('EBUSY', remove('EBUSY')),
      way('ok', remove('taken')),
    ]
    expect(told(checksOf(ways))).toEqual(['ENOENT obj.remove ENOENT', 'EBUSY obj.remove EBUSY'])
  })

  it('that only another thread makes fail are put where they stand, and add nothing to those that are known', () => {
    const check = (name: string, ...values: string[]): Check => ({
      how: 'field',
      of: 'dev',
      name,
      kinds: [],
      values,
      passes: [],
      where: [],
      errno: 'EBUSY',
    })
    const merged = withRacing(
      [check('a', '1'), check('c', '1')],
      [[check('a', '2'), check('b', '1'), check('c', '2')]],
    )
    expect(told(merged)).toEqual(['EBUSY dev.a 1', 'EBUSY dev.b 1', 'EBUSY dev.c 1'])
  })

  it('of several runs are put between those that they stand between in theirs', () => {
    const check = (name: string, value = 'true'): Check => ({
      how: 'fails',
      of: '',
      name,
      kinds: [],
      values: [value],
      passes: [],
      where: [],
      errno: 'ENOMEM',
    })
    const merged = mergeChecks([
      [check('a'), check('c')],
      [check('a', 'false'), check('b'), check('c')],
    ])
    expect(told(merged)).toEqual(['ENOMEM .a false|true', 'ENOMEM .b true', 'ENOMEM .c true'])
  })
})
