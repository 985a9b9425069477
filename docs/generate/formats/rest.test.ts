import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { block, code, emphasis, heading, link, list, paragraph, table, type Inline } from './doc.ts'
import { rest } from './rest.ts'

const body = (...nodes: Parameters<typeof rest>[0]) =>
  rest(nodes, 'mark', (url) => (url === '' ? null : url))
    .split('\n')
    .slice(3)
    .join('\n')
const line = (content: Inline) => body(paragraph(content)).trim()

it('markup that touches a word or other markup is parted from it', () => {
  expect(line([code('viommu'), 's'])).toBe('``viommu``\\ s')
  expect(line([code('a'), code('b')])).toBe('``a``\\ ``b``')
  expect(line([code('vdevice'), "'s ", code('viommu')])).toBe("``vdevice``'s ``viommu``")
})

it('what reST would take for markup is escaped', () => {
  expect(line(['a * b, ', { type: 'text', value: 'name_ |x|' }])).toBe('a \\* b, name\\_ \\|x\\|')
})

it('a link out of the tree is its text; one within is a document', () => {
  expect(line([link('', code('x')), ' ', link('vdevice', code('vdevice'))])).toBe(
    '``x`` :doc:`vdevice <vdevice>`',
  )
})

it('a simple table wraps its last column and repeats no first cell', () => {
  const long = Array.from({ length: 20 }, () => 'word').join(' ')
  const lines = body(table(['A', 'B'], [['x', long]]))
    .trim()
    .split('\n')
  expect(lines.every((l) => l.length <= 80)).toBe(true)
  expect(lines.filter((l) => l.startsWith('x'))).toHaveLength(1)
  expect(lines.filter((l) => l.startsWith('   '))).toHaveLength(1)
})

it('headings, literal blocks and lists are as the kernel sets them', () => {
  expect(
    body(heading(1, 'Title'), heading(2, 'Part'), block('one'), list([['a ', emphasis('b')]])),
  ).toBe('=====\nTitle\n=====\n\nPart\n====\n\n::\n\n  one\n\n- a *b*\n')
})

it('no line of the committed pages is longer than 80 columns', () => {
  const folder = join(import.meta.dirname, '..', '..', 'kernel')
  const pages = readdirSync(folder).filter((name) => name.endsWith('.rst'))
  expect(pages.length).toBeGreaterThan(5)
  const long = pages.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((l) => l.length > 80),
  )
  expect(long).toEqual([])
})
