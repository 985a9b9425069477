import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli } from './test/run-cli.ts'
import { zooCatalogue } from './test/zoo-catalogue.ts'

interface Json {
  readonly version: string
  readonly runs: readonly {
    readonly [key: string]: unknown
    readonly scope: string
    readonly driver: string
    readonly states: number
    readonly properties: readonly {
      readonly [key: string]: unknown
      readonly id: string
      readonly verdict: string
    }[]
  }[]
}
const json = async (...argv: string[]) => {
  const { code, out, err } = await cli(['check', '--format', 'json', ...argv])
  return { code, err, report: JSON.parse(out) as Json }
}
const verdicts = ({ report }: { report: Json }) =>
  report.runs.map((run) => Object.fromEntries(run.properties.map((p) => [p.id, p.verdict])))

describe('exit codes', () => {
  it.each([
    [0, 'everything holds', []],
    [1, 'a built-in property broke', ['--scope', 'locks', '--driver', 'wrong']],
    [
      1,
      'a cover property was not reached',
      ['--scope', 'counter', '--set', 'n=1,deep=1', '--property', 'nothing'],
    ],
    [3, 'stopped by states', ['--max-states', '5']],
    [3, 'stopped by depth', ['--max-depth', '2']],
    [0, 'a recorded finding showed', ['--scope', 'counter']],
    [1, 'the same where it is not on record', ['--scope', 'counter', '--set', 'deep=1']],
    [
      1,
      'a property broke though the search was cut short',
      ['--scope', 'locks', '--driver', 'wrong', '--max-depth', '2'],
    ],
  ] as [number, string, string[]][])('%i: %s', async (expected, what, argv) => {
    const catalogue =
      what === 'a cover property was not reached'
        ? {
            ...zooCatalogue,
            build: (c: Parameters<typeof zooCatalogue.build>[0]) =>
              withUnreachable(zooCatalogue.build(c)),
          }
        : zooCatalogue
    expect((await cli(['check', ...argv], { catalogue })).code).toBe(expected)
  })

  it('1: a property that says nothing, and says why', async () => {
    const catalogue = {
      ...zooCatalogue,
      build: (c: Parameters<typeof zooCatalogue.build>[0]) => withVacuous(zooCatalogue.build(c)),
    }
    const { code, out } = await cli(['check', '--scope', 'commit'], { catalogue })
    expect(code).toBe(1)
    expect(out).toMatch(/✗ +vacuous +nothing/)
    expect(out).toContain(
      'vacuous: nothing says nothing here, it looks at the state of no component',
    )
    expect(out).toContain('1 run: 1 proved, 1 vacuous')
    const asJson = await cli(['check', '--scope', 'commit', '--format', 'json'], { catalogue })
    expect((JSON.parse(asJson.out) as Json).runs[0].properties.at(-1)).toEqual({
      id: 'nothing',
      kind: 'always',
      verdict: 'vacuous',
      note: 'it looks at the state of no component',
    })
  })

  it('1: a recorded finding that did not show', async () => {
    const catalogue = { ...zooCatalogue, findings: () => ['consistent'] }
    const { code, out } = await cli(['check', '--scope', 'commit'], { catalogue })
    expect(code).toBe(1)
    expect(out).toContain('consistent: recorded as a finding, and it did not show')
  })

  it('3: stopped by memory', async () => {
    const limit = `${Math.ceil(process.memoryUsage.rss() / 2 ** 20) + 24}M`
    const { code, out } = await cli([
      'check',
      '--scope',
      'commit',
      '--set',
      'n=9',
      '--no-symmetry',
      '--max-memory',
      limit,
    ])
    expect(code).toBe(3)
    expect(out).toMatch(/incomplete: stopped by memory/)
  })

  it('3: interrupted before the first run, and says what was left', async () => {
    const { code, out } = await cli(['check'], { signal: AbortSignal.abort() })
    expect(code).toBe(3)
    expect(out).toContain('interrupted before commit, right; locks, right')
  })

  it('3: interrupted in the middle, with what was found so far', async () => {
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 150)
    const { code, out } = await cli(
      ['check', '--scope', 'commit', '--set', 'n=9', '--no-symmetry'],
      { signal: stop.signal },
    )
    expect(code).toBe(3)
    expect(out).toMatch(/incomplete: stopped by interrupt/)
    expect(out).toMatch(/bounded \(interrupt\) +consistent/)
  })
})

const withVacuous = (system: ReturnType<typeof zooCatalogue.build>): typeof system => ({
  ...system,
  properties: [{ kind: 'always', id: 'nothing', says: 'Nothing.', holds: () => true }],
})

const withUnreachable = (system: ReturnType<typeof zooCatalogue.build>): typeof system => ({
  ...system,
  properties: [{ kind: 'cover', id: 'nothing', says: 'Never.', holds: () => false }],
})

describe('which systems', () => {
  const chosen = async (...argv: string[]) =>
    (await json(...argv)).report.runs.map((r) => `${r.scope}/${r.driver}`)
  it('the defaults', async () => expect(await chosen()).toEqual(['commit/right', 'locks/right']))
  it('the scopes named, with their usual driver', async () =>
    expect(await chosen('--scope', 'locks', '--scope', 'counter,locks')).toEqual([
      'locks/right',
      'counter/right',
    ]))
  it('the default scopes with the driver named', async () =>
    expect(await chosen('--driver', 'wrong')).toEqual(['commit/wrong', 'locks/wrong']))
  it('all pairs', async () =>
    expect(await chosen('--scope', 'objects,locks', '--driver', 'wrong,right')).toHaveLength(4))
  it('numbers given anew', async () => {
    const states = async (...set: string[]) =>
      (await json('--scope', 'commit', ...set)).report.runs[0].states
    expect(await states('--set', 'n=3')).toBeGreaterThan(await states())
    expect(await states('--set', 'n=3', '--set', 'n=2')).toBe(await states())
  })
  it('without symmetry, more states', async () => {
    const [on, off] = [
      await json('--scope', 'commit'),
      await json('--scope', 'commit', '--no-symmetry'),
    ]
    expect([on.report.runs[0].symmetry, off.report.runs[0].symmetry]).toEqual([true, false])
    expect(off.report.runs[0].states).toBe(56)
    expect(on.report.runs[0].states).toBeLessThan(56)
  })
  it('only the properties named', async () => {
    expect(verdicts(await json('--scope', 'counter', '--property', 'full,accepted'))).toEqual([
      { accepted: 'proved', full: 'covered' },
    ])
  })
})

describe('JSON', () => {
  it('has exactly the keys that are promised', async () => {
    const { report, err } = await json('--scope', 'counter')
    expect(Object.keys(report)).toEqual(['version', 'runs'])
    expect(report.version).toBe('1.2.3')
    expect(Object.keys(report.runs[0]).join(' ')).toBe(
      'scope proposal driver symmetry states transitions refusals depth complete seconds modelCalls peakBytes properties',
    )
    const low = report.runs[0].properties.find((p) => p.id === 'low')
    expect(Object.keys(low ?? {})).toEqual(['id', 'kind', 'verdict', 'trace'])
    expect(low).toMatchObject({
      kind: 'always',
      verdict: 'finding',
      trace: [{ action: 'add', args: {}, outcome: 'ok' }, { action: 'add' }],
    })
    expect(err).toBe('')
  })
  it('says unknown of a cover property where the run was cut short', async () => {
    expect(
      verdicts(await json('--scope', 'counter', '--set', 'n=9', '--max-depth', '1'))[0],
    ).toMatchObject({
      full: 'unknown',
      bounded: 'bounded',
    })
  })
  it('has statistics where they are asked for', async () => {
    expect((await json('--scope', 'commit', '--stats')).report.runs[0]['statistics']).toMatchObject(
      { localStates: { manager: 4 } },
    )
  })
})

describe('text', () => {
  it('has a tick only for what was proved or covered', async () => {
    const { out } = await cli([
      'check',
      '--scope',
      'counter,locks',
      '--driver',
      'wrong',
      '--set',
      'deep=1',
    ])
    expect(out).toMatch(/✓ {2}proved +bounded/)
    expect(out).toMatch(/✓ {2}covered +full/)
    expect(out).toMatch(/✗ {2}violated +low/)
    const { out: cut } = await cli(['check', '--max-depth', '1'])
    expect(cut).not.toContain('✓')
  })
  it('shows the trace of what broke', async () => {
    const { out } = await cli(['check', '--scope', 'objects', '--driver', 'wrong'])
    expect(out).toContain(
      [
        '  violated: dangling (No reference that holds names a free slot.)',
        '  cache[0] refers to object[0], which is free',
        '    1. create as=object[0] → ok',
        '         object[0]: free → live',
        '    2. use what=object[0] → ok',
      ].join('\n'),
    )
  })
  it('ends with the number of verdicts', async () => {
    expect((await cli(['check'])).out).toMatch(/\n2 runs: \d+ proved\n$/)
  })
})

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cli-check-'))
  it.each(['text', 'json'])(
    'a report in a file is what would have been printed: %s',
    async (format) => {
      const path = join(folder, `report-${format}`)
      const { out, code } = await cli(['check', '--format', format, '--out', path])
      expect({ out, code }).toEqual({ out: '', code: 0 })
      const bare = (text: string) =>
        text.replace(/[\d.,]+ (s|MB)\b/g, '').replace(/"(seconds|peakBytes)": [\d.]+/g, '')
      expect(bare(readFileSync(path, 'utf8'))).toBe(
        bare((await cli(['check', '--format', format])).out),
      )
      expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([])
    },
  )
  it('a trace for each counterexample and witness, and no other', async () => {
    const traces = join(folder, 'deep', 'traces')
    await cli(['check', '--scope', 'counter,objects', '--driver', 'wrong', '--traces', traces])
    expect(readdirSync(traces).sort()).toEqual([
      'counter-wrong-full.itf.json',
      'counter-wrong-low.itf.json',
      'objects-wrong-dangling.itf.json',
    ])
  })
})

describe('progress', () => {
  const long = [
    'check',
    '--scope',
    'commit',
    '--set',
    'n=7',
    '--no-symmetry',
    '--max-states',
    '100000',
  ]
  it('is written over and over on a terminal, and wiped', async () => {
    const { err } = await cli(long, { isTTY: true })
    expect(err).toMatch(
      /\r\S*commit, right, n=7: [\d,]+ states, [\d,]+ transitions \([\d,]+\/s\), depth \d+, frontier [\d,]+, \d+ MB/,
    )
    expect(err.endsWith('\r\u001b[K')).toBe(true)
  })
  it('is silent elsewhere', async () => {
    expect((await cli(long)).err).toBe('')
  })
})

describe('help', () => {
  it('names the commands that work', async () => {
    const { out, code } = await cli(['--help'])
    expect(code).toBe(0)
    expect([...out.matchAll(/^ {2}(\w+) [[<]/gm)].map((m) => m[1])).toEqual([
      'check',
      'replay',
      'graph',
      'trace',
      'conform',
      'docs',
      'help',
    ])
  })
  it('without a command is wrong usage', async () => {
    expect(await cli([])).toMatchObject({ code: 2, out: '' })
  })
})
