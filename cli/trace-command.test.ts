import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cli } from './test/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-trace-'))
const file = (name: string, data: string | Uint8Array) => {
  writeFileSync(join(folder, name), data)
  return join(folder, name)
}
const text = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join('\n')
const opening = { event: 'open', pid: 1, fd: 3 }
const call = (ioctl: string, given: object, out: object, errno = 0) => ({
  ...{ pid: 1, fd: 3, ioctl, in: given, out },
  ret: errno === 0 ? 0 : -1,
  errno,
})
const alloc = (id: number, more: object = {}) => ({
  ...call('IOMMU_IOAS_ALLOC', { size: 12, flags: 0 }, { out_ioas_id: id }),
  ...more,
})
const map = call('IOMMU_IOAS_MAP', { size: 40, ioas_id: 1 }, { iova: 4096 })
const gone = (begin: number) => ({
  ...call('IOMMU_DESTROY', { size: 8, id: 99 }, {}, 2),
  begin,
  end: 100 + begin,
})

const good = [opening, alloc(1), map]
const overlapping = [
  { ...opening, begin: -2, end: -1 },
  ...Array.from({ length: 13 }, (_, i) => gone(i)),
  alloc(7, { begin: 50, end: 120 }),
]

describe('exit codes', () => {
  it.each([
    [0, 'nothing is rejected', file('good.jsonl', text(good))],
    [0, 'the same, compressed', file('good.jsonl.gz', gzipSync(text(good)))],
    [1, 'an answer that the model forbids', file('bad.jsonl', text([...good, alloc(9)]))],
    [
      3,
      'more orders of overlapping calls than are tried',
      file('overlapping.jsonl', text(overlapping)),
    ],
  ])('%i: %s', async (code, _, path) => {
    expect((await cli(['trace', path])).code).toBe(code)
  })

  it.each([
    [
      'TRC002',
      'a malformed line',
      ['trace', file('malformed.jsonl', `${text(good)}\n{"pid":1}`)],
      /line 4: fd/,
    ],
    ['TRC004', 'an empty log', ['trace', file('empty.jsonl', '')], /empty/],
    ['CLI008', 'a log that is not there', ['trace', join(folder, 'none')], /none/],
    ['CLI008', 'a compressed log that is none', ['trace', file('plain.gz', text(good))], /header/],
    [
      'CLI003',
      'an unknown driver',
      ['trace', join(folder, 'good.jsonl'), '--driver', 'vtd'],
      /'vtd'/,
    ],
    [
      'CLI007',
      'a report in a folder that is not there',
      ['trace', join(folder, 'good.jsonl'), '--out', join(folder, 'no', 'x')],
      /no/,
    ],
    ['CLI001', 'no log', ['trace'], /file/],
  ] as [string, string, string[], RegExp][])('2, %s: %s', async (code, _, argv, message) => {
    const { code: exit, out, err } = await cli(argv)
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(new RegExp(`^${code} `))
    expect(err).toMatch(message)
  })
})

describe('the report', () => {
  it('has rejections first, with their line, and then the numbers', async () => {
    const { out } = await cli(['trace', join(folder, 'bad.jsonl')])
    expect(out).toMatch(
      /^✗ line 4, process 1, context 1: IOMMU_IOAS_ALLOC → ok\n +ok, out_ioas_id 9, where the model gives ok, out_ioas_id 2/,
    )
    expect(out).toContain(
      '3 calls in 1 context, smmuv3: 1 (33.3 %) predicted, 1 (33.3 %) outside the model, 1 rejected',
    )
    expect(out).toMatch(/IOMMU_IOAS_ALLOC +2 +1 +0 +1\n/)
  })

  it('is JSON where that is asked for, in a file where one is named', async () => {
    const path = join(folder, 'report.json')
    expect(
      (await cli(['trace', join(folder, 'bad.jsonl'), '--format', 'json', '--out', path])).out,
    ).toBe('')
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      ...{
        version: '1.2.3',
        driver: 'smmuv3',
        contexts: 1,
        calls: 3,
        predicted: 1,
        outside: 1,
        rejected: 1,
      },
      inModel: { calls: 2 },
      processes: [{ pid: 1, predicted: 1, outside: 1, rejected: 1 }],
      verdicts: [
        { line: 2, status: 'predicted' },
        { line: 4, status: 'rejected', call: 'IOMMU_IOAS_ALLOC', answer: 'ok' },
      ],
    })
  })
})
