import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setup } from 'xstate'
import { system } from '../checker/index.ts'
import { cliErrorCodes } from './errors.ts'
import { cli } from './test/run-cli.ts'
import { zooCatalogue } from './test/zoo-catalogue.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-errors-'))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const malformed = file('malformed.itf.json', '{"states":[]}')
const unnamed = file('unnamed.itf.json', '{"states":[{"#meta":{"index":0}}]}')
const otherScope = file(
  'scope.itf.json',
  '{"#meta":{"scope":"moon","driver":"right"},"states":[{}]}',
)
const badSettings = file(
  'settings.itf.json',
  '{"#meta":{"scope":"commit","driver":"right","settings":"{\\"n\\":\\"x\\"}"},"states":[{}]}',
)
const foreign = file(
  'foreign.itf.json',
  '{"#meta":{"scope":"commit","driver":"right"},"states":[{},{"action":"fly","args":{},"outcome":"ok"}]}',
)
const short = file(
  'short.itf.json',
  '{"#meta":{"scope":"commit","driver":"right","property":"consistent"},"states":[{}]}',
)

const cases: [code: string, what: string, argv: string[], message: RegExp][] = [
  ['CLI001', 'an unknown command', ['chek'], /chek/],
  ['CLI001', 'an unknown option', ['check', '--fast'], /--fast/],
  ['CLI001', 'an unknown format', ['check', '--format', 'xml'], /text, json/],
  ['CLI001', 'an option without its value', ['check', '--scope'], /--scope/],
  ['CLI001', 'an argument too many', ['check', 'commit'], /argument/],
  ['CLI001', 'replay of nothing', ['replay'], /trace/],
  [
    'CLI002',
    'an unknown scope',
    ['check', '--scope', 'commit,moon'],
    /'moon' is not among commit, counter/,
  ],
  [
    'CLI011',
    'an unknown proposal',
    ['check', '--proposal', 'moon'],
    /'moon' is not among one-more/,
  ],
  ['CLI002', 'a trace of an unknown scope', ['replay', otherScope], /moon/],
  [
    'CLI003',
    'an unknown driver',
    ['check', '--driver', 'left'],
    /'left' is not among right, wrong/,
  ],
  [
    'CLI004',
    'an unknown property',
    ['check', '--property', 'consistent,tidy'],
    /'tidy' is not among .*consistent/,
  ],
  [
    'CLI005',
    'a setting that the scope does not have',
    ['check', '--set', 'm=1'],
    /'m' is not among n, deep/,
  ],
  ['CLI005', 'a setting without a number', ['check', '--set', 'n=two'], /n=two/],
  ['CLI005', 'a setting without a value', ['check', '--set', 'n'], /name=number/],
  ['CLI006', 'a limit of nothing', ['check', '--max-states', '0'], /'0'/],
  ['CLI006', 'a limit that is no whole number', ['check', '--max-depth', '1.5'], /1\.5/],
  ['CLI006', 'a size in an unknown unit', ['check', '--max-memory', '3T'], /3T.*256M/],
  [
    'CLI007',
    'a report in a folder that is not there',
    ['check', '--out', join(folder, 'none', 'x')],
    /none/,
  ],
  ['CLI007', 'a report where a folder is', ['check', '--out', folder], /is a folder/],
  ['CLI007', 'traces where a file is', ['check', '--traces', malformed], /malformed/],
  ['CLI008', 'a trace that is not there', ['replay', join(folder, 'none')], /none/],
  ['CLI009', 'a graph of many states', ['graph'], /40 can be shown; tell less apart/],
  ['CLI010', 'an aspect that is none', ['graph', '--by', 'a b'], /'a b'; use kind/],
  ['CHK016', 'a malformed trace', ['replay', malformed], /'states'/],
  ['CHK016', 'a trace that does not say of what', ['replay', unnamed], /scope and driver/],
  ['CHK016', 'a trace with settings that are no numbers', ['replay', badSettings], /settings/],
  ['CHK016', 'a trace of other actions', ['replay', foreign], /fly/],
  [
    'CHK019',
    'a memory limit in which nothing fits',
    ['check', '--max-memory', '1K'],
    /1024 bytes.*allow more/,
  ],
  ['CHK017', 'a trace that does not show its property', ['replay', short], /consistent/],
]

describe('bad input ends with 2 and one message, and writes nothing', () => {
  it.each(cases)('%s: %s', async (code, _, argv, message) => {
    const before = readdirSync(folder)
    const { code: exit, out, err } = await cli(argv)
    expect(exit).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(new RegExp(`^${code} [^\\n]+\\n$`))
    expect(err).toMatch(message)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('there is a case for every code', () => {
    expect(new Set(cases.map(([code]) => code))).toEqual(
      new Set([...Object.keys(cliErrorCodes), 'CHK016', 'CHK017', 'CHK019']),
    )
  })

  it('a broken model too', async () => {
    const broken = () => {
      const machine = setup({}).createMachine({ id: 'm', context: { seen: new Set() } })
      return system<{ m: typeof machine }>({ kinds: { m: { machine, count: 1 } }, actions: [] })
    }
    const { code, out, err } = await cli(['check', '--out', join(folder, 'report')], {
      catalogue: { ...zooCatalogue, build: broken },
    })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^CHK001 [^\n]+\n$/)
    expect(readdirSync(folder)).not.toContain('report')
  })
})
