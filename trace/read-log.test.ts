import { describe, expect, it } from 'vitest'
import { TraceError, traceErrorCodes } from './errors.ts'
import { historiesOf } from './history.ts'
import { readLog } from './read-log.ts'

const good =
  '{"pid":1,"fd":3,"ioctl":"IOMMU_DESTROY","in":{"size":8,"id":1},"out":{},"ret":0,"errno":0}'
const codeOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    if (error instanceof TraceError) return error.message
    throw error
  }
  return 'no error'
}

describe('a malformed log is refused by the line', () => {
  const cases: [code: string, what: string, text: string, message: RegExp][] = [
    ['TRC001', 'no JSON', `${good}\n{`, /line 2: /],
    ['TRC002', 'a line that is no object', `\n\n[1]`, /line 3: .*array/],
    [
      'TRC002',
      'a call without its answer',
      '{"pid":1,"fd":3,"ioctl":"IOMMU_DESTROY","errno":0}',
      /line 1: ret: /,
    ],
    ['TRC002', 'an unknown event', '{"event":"opn","pid":1,"fd":3}', /'open'/],
    [
      'TRC002',
      'a number that has lost digits',
      good.replace('"id":1', '"id":18446744073709551615'),
      /in\.id: /,
    ],
    ['TRC002', 'a field that is text', good.replace('"id":1', '"id":"one"'), /in\.id: /],
    [
      'TRC003',
      'a call that ends before it begins',
      good.replace('"ret"', '"begin":2,"end":1,"ret"'),
      /line 2: .*ends at 1/,
    ],
    ['TRC004', 'no line at all', '\n \n', /empty/],
  ]
  it.each(cases)('%s: %s', (code, _, text, message) => {
    const opened = code === 'TRC003' ? `{"event":"open","pid":1,"fd":3}\n${text}` : text
    const told = codeOf(() => historiesOf(readLog(opened)))
    expect(told).toMatch(new RegExp(`^${code} `))
    expect(told).toMatch(message)
  })
  it('with every code there is', () =>
    expect(new Set(cases.map(([code]) => code))).toEqual(new Set(Object.keys(traceErrorCodes))))
})

it('numbers that JSON cannot hold are read from text', () => {
  const [line] = readLog(good.replace('"id":1', '"id":"0xffffffffffffffff"'))
  expect('ioctl' in line && line.in?.['id']).toBe(18446744073709551615n)
})
