import { expect, it } from 'vitest'
import { pathsOf } from './call-paths.ts'
import type { Look } from './look.ts'
import type { StepWay } from './step-ways.ts'

const way = (
  step: string,
  from: string | null,
  end: string,
  kinds: StepWay['kinds'] = {},
  ...looks: Look[]
): StepWay => ({
  action: 'call',
  step,
  kinds,
  same: false,
  from: from === null ? null : { at: step, locals: from },
  looks,
  end:
    end === 'ok' || end === 'EIO'
      ? { outcome: end }
      : { to: { at: end.split(' ')[0], locals: end.split(' ')[1] }, parts: [] },
})
const kind = (value: string): Look => ({ how: 'kind', of: 'obj', kind: value, name: 'kind', value })

it('steps from which no call succeeds are those of failures', () => {
  const [{ steps, failing }] = pathsOf([
    way('get', null, 'put good'),
    way('get', null, 'undo bad'),
    way('undo', 'bad', 'put bad'),
    way('put', 'good', 'ok'),
    way('put', 'bad', 'EIO'),
  ])
  expect([steps, failing]).toEqual([['get', 'put', 'undo'], ['undo']])
})

it('arguments of other kinds have paths of their own, and share the steps that do not look at the kind', () => {
  const paths = pathsOf([
    way('get', null, 'use any', { obj: 'disk' }),
    way('use', 'any', 'ok', { obj: 'disk' }, kind('disk')),
    way('use', 'any', 'put bad', { obj: 'fan' }, kind('fan')),
    way('put', 'bad', 'EIO', { obj: 'fan' }),
  ])
  expect(paths.map(({ kinds, steps, failing }) => [kinds.obj, steps, failing])).toEqual([
    ['disk', ['get', 'use'], []],
    ['fan', ['get', 'put', 'use'], ['get', 'put', 'use']],
  ])
})
