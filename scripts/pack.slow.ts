import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneTo, go } from './fresh-clone.ts'

const root = join(import.meta.dirname, '..')
const source = mkdtempSync(join(tmpdir(), 'iommufd-spec-source-'))
const user = mkdtempSync(join(tmpdir(), 'iommufd-spec-user-'))
let files: string[] = []

beforeAll(() => {
  cloneTo(source)
  expect(go(source, 'npm', 'ci').status).toBe(0)
  const packed = go(source, 'npm', 'pack', '--json', '--pack-destination', user)
  expect(packed.status, packed.err).toBe(0)
  const parsed = JSON.parse(packed.out.slice(packed.out.search(/^[[{]/m))) as unknown
  const [{ filename, files: list }] = Object.values(parsed as object) as {
    filename: string
    files: { path: string }[]
  }[]
  files = list.map((f) => f.path)
  writeFileSync(join(user, 'package.json'), '{ "private": true, "type": "module" }')
  const installed = go(user, 'npm', 'install', join(user, filename))
  expect(installed.status, installed.err).toBe(0)
})
afterAll(() => {
  for (const folder of [source, user]) rmSync(folder, { recursive: true, force: true })
})

describe('the packed package', () => {
  it('holds what runs and what is read, no tests and no sources', () => {
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'README.md',
        'CHANGELOG.md',
        'LICENSE',
        'dist/cli/main.js',
        'dist/spec/index.js',
      ]),
    )
    const unwanted =
      /^(?!dist\/|(package\.json|README\.md|CHANGELOG\.md|LICENSE)$)|\/test\/|\.test\.|(?<!\.d)\.ts$|\.tsbuildinfo$|\.sources$/
    expect(files.filter((file) => unwanted.test(file))).toEqual([])
  })

  it('shares the XState of the project that it is installed in', () => {
    expect(existsSync(join(user, 'node_modules', 'xstate'))).toBe(true)
    expect(existsSync(join(user, 'node_modules', 'iommufd-spec', 'node_modules'))).toBe(false)
  })

  it('has a command line', () => {
    const { status, out } = go(user, 'npx', 'iommufd-spec', '--help')
    expect(status).toBe(0)
    expect(out).toMatch(/check \[options\][^]*replay <trace>/)
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(go(user, 'npx', 'iommufd-spec', '--version').out).toBe(`${version}\n`)
  })

  it('checks, with JSON alone on standard output', () => {
    const { status, out } = go(
      user,
      'npx',
      'iommufd-spec',
      'check',
      '--scope',
      'smoke',
      '--driver',
      'mock',
      '--property',
      'accepted',
      '--format',
      'json',
    )
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      runs: [{ scope: 'smoke', driver: 'mock', properties: [{ verdict: 'proved' }] }],
    })
  })

  it('is a library', () => {
    const script =
      "import { check, system, model } from 'iommufd-spec/checker'\nimport { scopes } from 'iommufd-spec'\nconsole.log(typeof check, typeof system, typeof model, Object.keys(scopes).includes('smoke'))\n"
    writeFileSync(join(user, 'use.mjs'), script)
    expect(go(user, 'node', 'use.mjs').out).toBe('function function function true\n')
  })
})
