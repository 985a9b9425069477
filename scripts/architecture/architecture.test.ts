import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dot, drawn, reduced } from './drawing.ts'
import { dependencies, partOf } from './imports.ts'

const root = join(import.meta.dirname, '..', '..')
const all = dependencies(root)

describe('the drawing of the architecture', () => {
  it('is the one that the imports give; npm run docs:architecture draws it anew', async () => {
    expect(
      readFileSync(join(root, 'docs', 'architecture.svg'), 'utf8') === (await drawn(dot(all))),
    ).toBe(true)
  })

  it('shows arrows that everybody expects, and none that the rule of imports forbids', () => {
    const arrows = all.map(({ from, to }) => `${from} → ${to}`)
    expect(arrows).toEqual(
      expect.arrayContaining([
        'properties → spec',
        'spec → machines',
        'machines → checker/lifecycle.ts',
        'spec → checker/index.ts',
      ]),
    )
    expect(
      arrows.filter((arrow) =>
        /^(checker.* → (?!checker)|machines → (?!checker\/l)|spec → (?!machines|checker\/i))/.test(
          arrow,
        ),
      ),
    ).toEqual([])
  })

  it('leaves out what other arrows imply', () => {
    const arrow = (from: string, to: string) => ({ from, to })
    const [long, short] = [
      [arrow('cli', 'spec'), arrow('spec', 'machines')],
      arrow('cli', 'machines'),
    ]
    expect(reduced([...long, short])).toEqual(long)
  })

  it('puts files where they stand', () => {
    const files = [
      'spec/model.ts',
      'spec/ioctls/a.ts',
      'docs/generate/a.ts',
      'checker/index.ts',
      'checker/zoo/index.ts',
    ]
    expect(files.map(partOf)).toEqual([
      'spec',
      'spec',
      'docs/generate',
      'checker/index.ts',
      'checker',
    ])
  })
})
