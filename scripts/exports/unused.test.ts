import { describe, expect, it } from 'vitest'
import { unusedExports } from './unused.ts'

/** The unused exports of these files; `index.ts` is what the package gives. */
const unused = (files: Readonly<Record<string, string>>): string[] =>
  unusedExports(new Map(Object.entries(files)), new Set(['index.ts'])).map(
    ({ file, name }) => `${file}: ${name}`,
  )

describe('an export is unused', () => {
  it('that its own file alone uses, or none', () => {
    const a = 'export const x = 1\nexport function y() { return x }\nexport class Z {}\nx\nnew Z()'
    expect(unused({ 'a.ts': a })).toEqual(['a.ts: x', 'a.ts: y', 'a.ts: Z'])
  })

  it('that is handed on to nobody, at both places', () => {
    expect(
      unused({ 'a.ts': 'export const x = 1', 'b.ts': "export { x as y } from './a.ts'" }),
    ).toEqual(['a.ts: x', 'b.ts: y'])
  })

  it('that another file has under the same name', () => {
    const files = { 'a.ts': 'export const x = 1', 'b.ts': 'export const x = 2' }
    expect(unused({ ...files, 'c.ts': "import { x } from './b.ts'" })).toEqual(['a.ts: x'])
  })

  it('type that no file mentions; in a comment is no use', () => {
    expect(unused({ 'a.ts': '/** {@link T} */\nexport interface T {}' })).toEqual(['a.ts: T'])
  })
})

describe('an export is used', () => {
  const a = { 'a.ts': 'export const x = 1' }
  it.each([
    "import { x } from './a.ts'",
    "import { x as y } from './a.ts'",
    "import * as all from './a.ts'",
    "export const { x } = await import('./a.ts')",
    "const one = (await import('./a.ts')).x",
    "type X = typeof import('./a.ts').x",
  ])('by %s', (line) => {
    expect(unused({ ...a, 'sub.ts': line }).filter((u) => u.startsWith('a.ts'))).toEqual([])
  })

  it('that the package gives, through other files too', () => {
    expect(
      unused({ ...a, 'b.ts': "export * from './a.ts'", 'index.ts': "export * from './b.ts'" }),
    ).toEqual([])
  })

  it('type that belongs to what its file exports', () => {
    const text = 'export interface T {}\nexport const f = (): T => ({})'
    expect(unused({ 'a.ts': text, 'b.ts': "import { f } from './a.ts'" })).toEqual([])
  })
})
