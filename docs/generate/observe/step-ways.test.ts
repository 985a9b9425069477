import { describe, expect, it } from 'vitest'
import { explore } from './facts.ts'
import { composed, type StepWay } from './step-ways.ts'
import type { Look } from './look.ts'

const look = (of: string, name: string, value: string): Look => ({
  how: 'field',
  of,
  kind: 'dev',
  name,
  value,
})
const between = (at: string, locals = '') => ({ at, locals })
const step = (from: StepWay['from'], end: StepWay['end'], ...looks: Look[]): StepWay => ({
  action: 'call',
  step: '',
  kinds: {},
  same: false,
  from,
  looks,
  end,
})

describe('ways through the steps of a call', () => {
  it('make every way through the whole of it', () => {
    const ways = composed([
      step(null, { to: between('use'), parts: [] }, look('dev', 'bound', 'true')),
      step(null, { outcome: 'ENOENT' }, look('dev', 'bound', 'false')),
      step(between('use'), { outcome: 'ok' }, look('dev', 'dying', 'false')),
      step(between('use'), { outcome: 'ENODEV' }, look('dev', 'dying', 'true')),
    ])
    expect(
      ways.map(({ outcome, looks }) => [outcome, ...looks.map((l) => l.name)].join(' ')).sort(),
    ).toEqual(['ENODEV bound dying', 'ENOENT bound', 'ok bound dying'])
  })

  it('go on only where the path keeps the same', () => {
    const ways = composed([
      step(null, { to: between('end', 'rc null'), parts: [] }),
      step(between('end', 'rc null'), { outcome: 'ok' }),
      step(between('end', 'rc EIO'), { outcome: 'EIO' }),
    ])
    expect(ways.map(({ outcome }) => outcome)).toEqual(['ok'])
  })

  it('call what they keep what it was called when it was found', () => {
    const kept = { to: between('put'), parts: [['held', 'dev.group']] as const }
    const [way] = composed([
      step(null, kept),
      step(between('put'), { outcome: 'ok' }, look('locals.held', 'owner', 'locals.held.owner')),
    ])
    expect(way.looks).toEqual([look('dev.group', 'owner', 'dev.group.owner')])
  })

  it('end where a path goes round in circles', () => {
    const again = { to: between('again'), parts: [] }
    const ways = composed([
      step(null, again),
      step(between('again'), again),
      step(between('again'), { outcome: 'ok' }),
    ])
    expect(ways).toHaveLength(1)
  })
})

it('a check that only another thread makes fail is met where calls interleave', async () => {
  const { checks } = await explore({
    name: 'race',
    scope: 'race',
    driver: 'smmuv3',
    set: { nested: 0, pagings: 0 },
  })
  const own = checks.find(({ action }) => action === 'IOMMU_VDEVICE_ALLOC')?.checks ?? []
  expect(own.map(({ errno, of, name }) => `${errno} ${of}.${name}`)).toContain(
    'ENOENT dev.destroying',
  )
})
