import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tmpdir } from 'node:os'
import { cloneTo, go } from './fresh-clone.ts'

const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-start-'))
const at = (...path: string[]) => join(folder, ...path)
const start = () =>
  go(
    folder,
    'npm',
    'start',
    '--',
    '--scope',
    'smoke',
    '--driver',
    'smmuv3',
    '--property',
    'accepted',
  )

beforeAll(() => cloneTo(folder))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('npm start on a fresh clone', () => {
  it('installs, compiles and runs', () => {
    const { status, out, err } = start()
    expect(err).toMatch(/installing…[^]*compiling…/)
    expect(out).toMatch(/✓ {2}proved {2}accepted/)
    expect(status).toBe(0)
  })

  it('does neither the second time', () => {
    const { status, err } = start()
    expect(status).toBe(0)
    expect(err).not.toMatch(/installing|compiling/)
  })

  it('compiles after an edit, and runs what was edited', () => {
    const file = at('cli', 'report-text.ts')
    writeFileSync(file, readFileSync(file, 'utf8').replace("'run')}:", "'excursion')}:"))
    const { status, out, err } = start()
    expect(status).toBe(0)
    expect(err).toContain('compiling…')
    expect(err).not.toContain('installing…')
    expect(out).toMatch(/1 excursion: /)
  })

  it('leaves nothing of a file that was deleted', () => {
    writeFileSync(at('cli', 'extra.ts'), 'export const extra = 1\n')
    start()
    expect(existsSync(at('dist', 'cli', 'extra.js'))).toBe(true)
    rmSync(at('cli', 'extra.ts'))
    start()
    expect(existsSync(at('dist', 'cli', 'extra.js'))).toBe(false)
  })

  it('fails on a type error and leaves nothing that runs, until it is mended', () => {
    const before = readFileSync(at('cli', 'numbers.ts'), 'utf8')
    appendFileSync(at('cli', 'numbers.ts'), "export const wrong: number = 'text'\n")
    for (const attempt of [1, 2]) {
      const { status, out } = start()
      expect(status, `attempt ${attempt}`).not.toBe(0)
      expect(out).toContain('TS2322')
      expect(out).not.toContain('proved')
      expect(existsSync(at('dist'))).toBe(false)
    }
    writeFileSync(at('cli', 'numbers.ts'), before)
    expect(start().status).toBe(0)
  })

  it('installs anew where node_modules is empty, and where a package is missing', () => {
    rmSync(at('node_modules'), { recursive: true })
    mkdirSync(at('node_modules'))
    expect(start()).toMatchObject({
      status: 0,
      err: expect.stringContaining('installing…') as string,
    })
    rmSync(at('node_modules', 'xstate'), { recursive: true })
    expect(start()).toMatchObject({
      status: 0,
      err: expect.stringContaining('installing…') as string,
    })
  })

  it('needs no installation after npm ci', () => {
    rmSync(at('node_modules'), { recursive: true })
    expect(go(folder, 'npm', 'ci').status).toBe(0)
    expect(start().err).not.toContain('installing…')
  })
})
