import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Conformance } from '../conformance/compare/conform.ts'
import { coverageOf } from '../conformance/compare/report.ts'
import { Covered } from '../conformance/generate/targets.ts'
import { conformJson, conformText } from './conform-report.ts'
import { cli } from './test/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-conform-'))

describe('wrong usage is told before anything is built', () => {
  it.each([
    ['a seed that is no number', ['--seed', 'x'], /^CLI006 /],
    ['no sequences', ['--sequences', '0'], /^CLI006 /],
    ['a file that cannot be written', ['--record', join(folder, 'none', 'answers')], /^CLI007 /],
    // Or a missing program, on machines without the tools.
    ['a tree without iommufd', ['--kernel', folder], /^CNF00[12] /],
  ])('%s', async (_, args, message) => {
    const { code, out, err } = await cli(['conform', ...args])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(message)
  })
})

describe('the report', () => {
  const targets = new Covered()
  const ids = { ids: () => undefined, takes: [] }
  targets.note(
    'IOMMU_IOAS_ALLOC',
    'ok',
    { ...ids, taken: [{ component: 'ioas[0]', transition: 'ioas.free.alloc[0]' }] },
    new Map(),
  )
  const found: Conformance = {
    ...{
      kernel: { release: '7.3.4', version: '#1', machine: 'x86_64' },
      sequences: 2,
      calls: 1234,
      boots: 1,
      seconds: 2,
      guestSeconds: 1,
    },
    ...{ targets, confirmed: new Covered(), differences: [], complete: false },
  }
  const coverage = coverageOf(found)
  it('says what was not confirmed, and that the run was cut short', () => {
    const text = conformText(found, coverage)
    expect(text).toMatch(/outcomes of calls +0 +1$/m)
    expect(text).toMatch(/transitions +0 +1 +219$/m)
    expect(text).toMatch(/cut short; no difference so far$/)
  })
  it('is the same as JSON', () => {
    expect(conformJson(found, coverage, '1.0')).toMatchObject({
      calls: 1234,
      complete: false,
      coverage: { pairs: { confirmed: 0, reachable: 0 } },
    })
  })
})
