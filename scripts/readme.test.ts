import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { catalogue } from '../cli/spec-catalogue.ts'
import { cli } from '../cli/test/run-cli.ts'

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')
const blocks = (language: string) => [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((m) => m[1])

it('the example of own machines prints what the README says', async () => {
  const folder = join(import.meta.dirname, '..', '.cache', 'readme')
  const file = join(folder, 'example.ts')
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, blocks('ts')[0].replace("'iommufd-spec/checker'", "'../../checker/index.ts'"))
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  await import(/* @vite-ignore */ file)
  const printed = log.mock.calls.map((line) => `${line.join(' ')}\n`).join('')
  log.mockRestore()
  expect(printed).toBe(blocks('text')[1])
})

it('the first run prints what the README says, whatever the numbers', async () => {
  const shape = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => line.replace(/\d[\d.,]*/g, '0').replace(/ +/g, ' '))
  const { out } = await cli(['check', '--scope', 'smoke', '--driver', 'smmuv3'], { catalogue })
  const printed = shape(out)
  let at = 0
  for (const line of shape(blocks('text')[0])) {
    if (line.trim() === '…') continue
    at = printed.indexOf(line, at) + 1
    expect(at, `'${line}' is not printed there`).toBeGreaterThan(0)
  }
})

it('every option in a command of the README is one of the command line', async () => {
  const { out } = await cli(['check', '--help'])
  const options = blocks('sh').flatMap((block) => [...block.matchAll(/(?<= )--[a-z-]+/g)].map((m) => m[0]))
  expect(options.length).toBeGreaterThan(5)
  for (const option of options) expect(out).toContain(option)
})
