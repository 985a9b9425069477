import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { cli } from './test/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-replay-'))
const dangling = join(folder, 'objects-wrong-dangling.itf.json')

beforeAll(async () => {
  await cli([
    'check',
    '--scope',
    'objects,counter',
    '--driver',
    'wrong',
    '--set',
    'n=3',
    '--traces',
    folder,
  ])
})

describe('replay', () => {
  it('shows the system, the property and every step', async () => {
    const { code, out, err } = await cli(['replay', dangling])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(
      [
        'objects, wrong, n=3',
        'violated: dangling (No reference that holds names a free slot.)',
        '',
        '  1. create as=object[0] → ok',
        '       object[0]: free → live',
        '  2. use what=object[0] → ok',
        '       cache[0]: entry null → object[0]',
        '  3. destroy what=object[0] → ok',
        '       object[0]: live → free',
        '',
        'replayed 3 steps through plain XState',
        '',
      ].join('\n'),
    )
  })

  it('rebuilds the system with its settings', () => {
    expect(JSON.parse(readFileSync(dangling, 'utf8'))).toMatchObject({
      '#meta': { settings: '{"n":3}', property: 'dangling' },
    })
  })

  it('replays a witness as well', async () => {
    const { code, out } = await cli(['replay', join(folder, 'counter-wrong-full.itf.json')])
    expect(code).toBe(0)
    expect(out).toMatch(/4\. add → EOVERFLOW\n\nreplayed 4 steps/)
  })

  it.each([
    [
      'an outcome',
      /("action": "use",[^]*?"outcome": )"ok"/,
      '$1"EBUSY"',
      /step \d, \w+, ends with ok; the trace says EBUSY/,
    ],
    ['a state', /("users": \{\s+"#bigint": )"0"/, '$1"7"', /in the initial state, object\[0\]/],
    [
      'the property',
      '"property": "dangling"',
      '"property": "accepted"',
      /does not show 'accepted'/,
    ],
    ['the settings', '{\\"n\\":3}', '{\\"n\\":2}', /object\[2\] is absent/],
  ] as [string, string | RegExp, string, RegExp][])(
    'refuses a trace in which %s was edited',
    async (_, from, to, message) => {
      const text = readFileSync(dangling, 'utf8')
      const edited = text.replace(from, to)
      expect(edited).not.toBe(text)
      const path = join(folder, 'edited.itf.json')
      writeFileSync(path, edited)
      const { code, out, err } = await cli(['replay', path])
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toMatch(/^CHK017 trace does not replay: [^\n]+\n$/)
      expect(err).toMatch(message)
    },
  )
})
