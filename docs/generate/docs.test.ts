import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { explore } from './observe/facts.ts'
import { generatedFolders, readRecordedKernel, render, runsFile, type Pages } from './index.ts'
import { anchor } from './formats/doc.ts'
import { readRuns } from './book/record.ts'
import { cheap } from './observe/runs.ts'

const docs = join(import.meta.dirname, '..')
const record = readFileSync(join(docs, runsFile), 'utf8')
const kernel = readRecordedKernel(
  readFileSync(join(docs, '../conformance/recorded/mock-7.3.4.confirmed.json'), 'utf8'),
)
const remedy = 'stale; regenerate with `npm run docs`'

describe('the committed documents', () => {
  let pages: Pages
  // Every recorded sequence is performed through plain XState here, and must end as recorded and
  // show its property.
  beforeAll(async () => void (pages = await render(record, kernel)), 120_000)

  it('are what the machines, calls and properties of today make of the recorded runs', () => {
    const stale = [...pages].filter(
      ([path, text]) =>
        !existsSync(join(docs, path)) || readFileSync(join(docs, path), 'utf8') !== text,
    )
    expect(
      stale.map(([path]) => path),
      remedy,
    ).toEqual([])
  })

  it('are all generated', () => {
    const there = generatedFolders.flatMap((folder) =>
      readdirSync(join(docs, folder), { withFileTypes: true }).flatMap((e) =>
        e.isFile() ? [`${folder}/${e.name}`] : [],
      ),
    )
    expect(
      there.filter((path) => !pages.has(path)),
      remedy,
    ).toEqual([])
  })

  it('link to pages and headings that are there', () => {
    const broken = [...pages]
      .filter(([path]) => path.endsWith('.md'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)].flatMap(([whole, file, heading]) => {
          const target = file === '' ? path : normalize(join(dirname(path), file))
          const found = pages.get(target)
          const headings = [...(found ?? '').matchAll(/^#+ (.*)$/gm)].map((m) =>
            anchor(m[1].replaceAll('`', '')),
          )
          return found !== undefined && (heading === undefined || headings.includes(heading))
            ? []
            : [`${path}: ${whole}`]
        }),
      )
    expect(broken).toEqual([])
  })
})

describe('the recorded runs', () => {
  // The expensive runs are held against the model by `docs --check`; here their sequences alone.
  it.each(cheap)('$name is what the checker finds today', async (choice) => {
    const now = await explore(choice)
    const then = readRuns(record).find((run) => run.name === choice.name)
    const traced = new Map(
      then?.properties.flatMap((p) => (p.trace === undefined ? [] : [[p.id, p.trace] as const])),
    )
    const told = {
      ...now,
      properties: now.properties.map((p) => ({
        id: p.id,
        verdict: p.verdict,
        ...(traced.has(p.id) ? { trace: p.trace } : {}),
      })),
    }
    expect(JSON.parse(JSON.stringify(told)), remedy).toEqual(then)
  })
})
