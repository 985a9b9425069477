import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cli } from '../../cli/test/run-cli.ts'
import { Checkout } from './checkout.ts'
import { dead } from './links.ts'
import { pages, root } from './pages.ts'
import { differs, renewed } from './printed.ts'
import { shown } from './snippets.ts'

const made: Checkout[] = []
afterAll(() => made.forEach(({ folder }) => rmSync(folder, { recursive: true, force: true })))

/**
 * Set, the pages are given what is printed now; what they say around it is for the writer to look
 * at.
 */
const update = process.env['UPDATE'] === '1'

function renew(page: string, prints: string, output: string): void {
  const path = join(root, page)
  const text = readFileSync(path, 'utf8')
  const fence = ['text', 'json']
    .map((language) => `\`\`\`${language}\n`)
    .find((open) => text.includes(`${open}${prints}\`\`\``))
  if (fence !== undefined)
    writeFileSync(
      path,
      text.replace(`${fence}${prints}`, () => `${fence}${renewed(prints, output)}`),
    )
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8')
  const all = shown(text)

  it('links to what is there', () => {
    expect(dead(root, page, text)).toEqual([])
  })

  it.skipIf(all.length === 0)('does what it says', { timeout: 300_000 }, () => {
    const checkout = new Checkout()
    made.push(checkout)
    const files = all.flatMap((one) => (one.kind === 'file' ? [one.path] : []))
    for (const one of all) {
      const where = `${page}:${one.at}`
      if (one.kind === 'file') checkout.write(one.path, one.text)
      else if (one.kind === 'change')
        expect(checkout.patch(one.diff), where).toEqual({ status: 0, out: '' })
      else {
        const { status, out } = checkout.run(one.line)
        expect(status, `${where}: ${one.line}\n${out}`).toBe(one.code)
        if (one.prints !== null && update) renew(page, one.prints, out)
        else if (one.prints !== null)
          expect(differs(one.prints, out), `${where}: ${one.line}`).toBeNull()
      }
    }
    if (files.length > 0) expect(checkout.types(files)).toEqual({ status: 0, out: '' })
  })
})

it('the README has a row for each command', async () => {
  const { out } = await cli(['--help'])
  const commands = [...out.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)]
    .map((m) => m[1])
    .filter((name) => name !== 'help')
  const rows = [
    ...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^\| `([a-z]+)` +\|/gm),
  ].map((m) => m[1])
  expect(commands).toContain('check')
  expect([...rows].sort()).toEqual([...commands].sort())
})

describe('the reader of pages', () => {
  it('refuses what it would not run', () => {
    expect(() => shown('```ts\nconst a = 1\n```')).toThrow(
      'line 1: a ts block begins with the path',
    )
    expect(() => shown('\n```text\nout\n```')).toThrow('line 2: an output follows the command')
    expect(() => shown('```js\n1\n```')).toThrow("not 'js'")
    expect(() => shown('```sh\nls\n```\n\n```ts\n// a.ts\n1\n```\n\n```text\nout\n```')).toThrow(
      'an output follows',
    )
  })

  it('sees an output that differs, but for times and memory', () => {
    expect(differs('73 states, 0.95 s, 170 MB\n', '73 states,  2 s, 9 MB\n')).toBeNull()
    expect(differs('73 states\n', '74 states\n')).toContain('74 states')
    expect(differs('a\n', 'a\nb\n')).toContain("'b' is printed")
    expect(differs('a\nb\n', 'a\n')).toContain("'nothing' is printed")
    expect(differs('a\n…\nc\n', 'a\nb\nc\n')).toBeNull()
    expect(differs('a\n…\nc\n', 'a\nb\n')).toContain('is not printed')
    expect(differs('a\nc\n', 'a\nb\nc\n')).toContain("'b' is printed")
  })

  it('renews the numbers of an output', () => {
    expect(renewed('3 states, 1 s\n…\nproved  a\n', '4 states, 2 s\nx\nproved  a\ny\n')).toBe(
      '4 states, 1 s\n…\nproved  a\n',
    )
    expect(renewed('a\n', 'b\nc\n')).toBe('b\nc\n')
  })

  it('sees dead links', () => {
    const text =
      '# A `b`, c\n\n[1](#a-b-c) [2](#a) [3](warts.md) [4](nowhere.md) [5](../README.md#no) [6](https://kernel.org)'
    expect(dead(root, 'docs/page.md', text)).toEqual(['#a', 'nowhere.md', '../README.md#no'])
  })
})
