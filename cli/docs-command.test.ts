import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { cli } from './test/run-cli.ts'

const folder = join(import.meta.dirname, '..', '.cache', 'docs-command')
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
})

describe('docs', () => {
  it('refuses what is no record of a kernel before it explores anything, and writes nothing', async () => {
    const recorded = join(folder, 'recorded.json')
    writeFileSync(recorded, '{ "kernel": "7.3.4", "driver": "mock", "confirmed": "all" }')
    const ran = await cli(['docs', '--out', join(folder, 'docs'), '--recorded', recorded])
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toMatch(/^CLI008 .*recorded\.json does not hold results of a kernel/)
    expect(existsSync(join(folder, 'docs'))).toBe(false)
  })

  it('is stopped by an interrupt without writing half of the pages', async () => {
    const out = join(folder, 'docs')
    const ran = await cli(['docs', '--out', out], { signal: AbortSignal.abort() })
    expect(ran).toMatchObject({ code: 3, out: '' })
    expect(existsSync(join(out, 'runs.json'))).toBe(false)
  })
})
