import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))

/** The command line as a process; `interrupt` after so many milliseconds. */
async function command(
  argv: readonly string[],
  interrupt?: number,
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...argv])
  let out = ''
  let err = ''
  child.stdout.on('data', (data: Buffer) => (out += data.toString()))
  child.stderr.on('data', (data: Buffer) => (err += data.toString()))
  if (interrupt !== undefined) setTimeout(() => child.kill('SIGINT'), interrupt)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, out, err }
}

interface Run {
  readonly driver: string
  readonly states: number
  readonly transitions: number
  readonly complete: boolean
}
const runs = (out: string) => (JSON.parse(out) as { runs: Run[] }).runs

describe('systems explored at the same time', () => {
  it('are reported in their order, as when explored one after another', async () => {
    const both = ['check', '--scope', 'smoke', '--driver', 'smmuv3,mock', '--format', 'json']
    const { code, out } = await command(both)
    const alone = await command([...both, '--max-memory', '4G'])
    const counts = (text: string) =>
      runs(text).map(({ driver, states, transitions }) => ({ driver, states, transitions }))
    expect(code).toBe(0)
    expect(counts(out).map((run) => run.driver)).toEqual(['smmuv3', 'mock'])
    expect(counts(out)).toEqual(counts(alone.out))
  })

  it('end with what they have found when the user interrupts', async () => {
    const { code, out } = await command(
      [
        'check',
        '--scope',
        'lifecycle',
        '--driver',
        'smmuv3,mock',
        '--no-symmetry',
        '--format',
        'json',
      ],
      15_000,
    )
    expect(code).toBe(3)
    expect(runs(out)).toHaveLength(2)
    for (const run of runs(out)) {
      expect(run.complete).toBe(false)
      expect(run.states).toBeGreaterThan(100)
    }
  })

  it('end quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [
      '--import',
      'tsx',
      main,
      'check',
      '--scope',
      'smoke',
      '--driver',
      'smmuv3,mock',
    ])
    let err = ''
    child.stderr.on('data', (data: Buffer) => (err += data.toString()))
    child.stdout.destroy()
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    expect([code, err]).toEqual([3, ''])
  })

  it('tell what is wrong as one process does', async () => {
    const { code, err, out } = await command([
      'check',
      '--scope',
      'smoke,race',
      '--driver',
      'mock',
      '--set',
      'devices=3',
    ])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/^CHK013 /)
  })
})
