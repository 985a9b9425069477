import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { iommufdIoctls, vfioIoctls } from '../../uapi/index.ts'
import { standaloneProgram } from './index.ts'

const gcc = spawnSync('gcc', ['--version']).status === 0
const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-'))
const fake = fileURLToPath(new URL('./test/kernel.c', import.meta.url))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const compile = (to: string, ...rest: string[]) =>
  spawnSync(
    'gcc',
    [
      '-Wall',
      '-Wextra',
      '-Werror',
      '-std=gnu11',
      '-o',
      join(folder, to),
      join(folder, 'program.c'),
      ...rest,
    ],
    {
      encoding: 'utf8',
    },
  )
const run = (program: string, args: readonly string[], env: Record<string, string> = {}) =>
  spawnSync(join(folder, program), args, { encoding: 'utf8', env })

describe.skipIf(!gcc)('the stand-alone program', () => {
  let text = ''
  beforeAll(() => {
    text = standaloneProgram('0.0.0')
    writeFileSync(join(folder, 'program.c'), text)
    expect(compile('program').stderr).toBe('')
    expect(compile('faked', fake, '-Wl,--wrap=ioctl,--wrap=close').stderr).toBe('')
  }, 120_000)

  it('prints every call of every sequence in a dry run, without a device', () => {
    const { status, stdout, stderr } = run('program', ['--dry-run'])
    const lines = stdout.split('\n')
    const plan = Number(/^1\.\.(\d+)$/.exec(lines[1])?.[1])
    expect([status, stderr, lines[0]]).toEqual([0, '', 'TAP version 13'])
    expect(plan).toBeGreaterThan(40)
    expect(lines.filter((line) => /^ok \d+ - .* # SKIP dry run$/.test(line))).toHaveLength(plan)
    expect(lines.filter((line) => /^# {3}\d+\. /.test(line))).toHaveLength(
      text.match(/^\t\{".* → .*, (?:OPEN|CLOSE|ON_)/gm)?.length ?? 0,
    )
  })

  it('makes every call of the driver contract, with each sort of STE, and meets each of its refusals', () => {
    const { stdout } = run('program', ['--dry-run'])
    for (const name of [
      'VFIO_DEVICE_BIND_IOMMUFD',
      'IOMMU_HWPT_ALLOC(NESTED)',
      'IOMMU_VIOMMU_ALLOC',
      'IOMMU_VDEVICE_ALLOC',
      'IOMMU_DESTROY',
    ])
      expect(stdout).toMatch(new RegExp(`${name.replace(/[()]/g, '\\$&')} .*→ ok`))
    for (const ste of ['translate', 'bypass', 'abort'])
      expect(stdout).toMatch(new RegExp(`ste=${ste} → ok`))
    expect(stdout).toMatch(/ATTACH_IOMMUFD_PT dev=device\[0\] pt=hwptNested\[0\] → ENOENT/)
    expect(stdout).toMatch(/IOMMU_DESTROY obj=viommu\[0\] → EBUSY/)
    expect(stdout).toMatch(/IOMMU_VDEVICE_ALLOC .*→ EEXIST/)
    expect(stdout).toMatch(/IOMMU_DESTROY obj=vdevice\[\d\] → ENOENT/)
  })

  it('has the requests of the tables where the headers do not', () => {
    for (const [name, { request }] of Object.entries({ ...iommufdIoctls, ...vfioIoctls }))
      if (new RegExp(`ON_\\w+, -?\\d, ${name},`).test(text))
        expect(text).toContain(`#define ${name} 0x${request.toString(16)}\n`)
  })

  it.each([
    [[], 'no device given'],
    [['--nothing', 'x'], 'unknown option --nothing'],
    [['--only'], 'a value is missing after --only'],
    [['--only', '0', '/dev/null'], 'there is no sequence 0'],
    [['/dev/null/vfio0'], '/dev/null/vfio0: Not a directory'],
    [Array<string>(9).fill('/dev/null'), 'too many devices'],
  ])('refuses %j with one line', (args, why) => {
    const { status, stdout, stderr } = run('program', args)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(why)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  const faked = (first: string) =>
    run('faked', ['--iommu', '/dev/null', '/dev/null'], { FIRST_ID: first })
  it('tells an answer that is as it should be, and skips what the machine lacks', () => {
    const { status, stdout } = faked('1')
    expect(status).toBe(0)
    expect(stdout).not.toContain('not ok')
    expect(stdout.match(/^ok \d+ - (?!.*SKIP).*$/gm)?.length).toBeGreaterThan(0)
    expect(stdout).toMatch(/# SKIP (?:the IOMMU group of \/dev\/null is not known|needs 2 devices)/)
  })
  it('tells one that is not', () => {
    const { status, stdout } = faked('2')
    expect(status).toBe(1)
    expect(stdout).toMatch(
      /^not ok \d+ - .*\n# step 2, IOMMU_IOAS_ALLOC as=ioas\[0\] → ok: gave out_ioas_id 2, not 1$/m,
    )
  })
})
