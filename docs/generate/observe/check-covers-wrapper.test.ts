import { beforeAll, describe, expect, it } from 'vitest'
import { checkCover } from './covers.ts'
import { keyOf } from './check.ts'
import { explore, type PropertyFact, type RunFacts } from './facts.ts'
import { cheap } from './runs.ts'

describe('the shortest ways to checks', () => {
  let facts: RunFacts
  beforeAll(async () => void (facts = await explore(cheap[0])))
  const attach = 'VFIO_DEVICE_ATTACH_IOMMUFD_PT'
  const found = (id: string): PropertyFact | undefined => facts.properties.find((p) => p.id === id)
  const notLive = { how: 'state', of: 'dev', name: 'live', errno: 'EINVAL' } as const
  const wrongKind = { how: 'kind', of: 'pt', name: 'kind', errno: 'EINVAL' } as const

  it('tell apart checks that give the same error', () => {
    expect(found(checkCover(attach, keyOf(notLive)))?.trace).toHaveLength(2)
    expect(found(checkCover(attach, keyOf(wrongKind)))?.trace).toHaveLength(6)
  })

  it('end with the error, and nothing else', () => {
    for (const { id, trace } of facts.properties.filter((p) => p.id.startsWith('check ')))
      expect(id).toContain(` ${trace?.at(-1)?.outcome ?? 'nothing'}`)
  })

  it('are there for each kind of argument that the check meets', () => {
    const kind = (name: string) =>
      found(checkCover(attach, keyOf(wrongKind), 'pt', name))?.trace?.at(-1)?.args['pt']
    expect([kind('viommu'), kind('vdevice'), kind('ioas')]).toEqual([
      'viommu[0]',
      'vdevice[0]',
      undefined,
    ])
  })

  it('are there for every check that the run tells of', () => {
    const missing = facts.checks.flatMap(({ action, checks }) =>
      checks
        .map((check) => checkCover(action, keyOf(check)))
        .filter((id) => found(id) === undefined),
    )
    expect(missing).toEqual([])
  })
})
