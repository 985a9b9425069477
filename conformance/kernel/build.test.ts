import { describe, expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { mirrorOf } from './apt-source.ts'
import { keyOf, sourcePath } from '../../host/cache.ts'
import { fragmentLines, lostLines } from './config.ts'
import { assertTools } from '../../host/tools.ts'

describe('configuration', () => {
  test('an option that is off may be absent; one that is on may not', () => {
    const fragment = 'CONFIG_A=y\n# a comment\n# CONFIG_B is not set\n'
    expect(lostLines(fragment, 'CONFIG_A=y\n')).toEqual([])
    expect(lostLines(fragment, '# CONFIG_A is not set\nCONFIG_B=m\n')).toEqual([
      'CONFIG_A=y',
      '# CONFIG_B is not set',
    ])
    expect(lostLines(fragment, 'CONFIG_A=m\nCONFIG_BB=y\n')).toEqual(['CONFIG_A=y'])
  })

  test('asks for the mock driver, faults and failures on demand', () => {
    const lines = fragmentLines(
      readFileSync(sourcePath('conformance', 'kernel', 'iommufd.config'), 'utf8'),
    )
    expect(lines).toEqual(
      expect.arrayContaining([
        'CONFIG_IOMMUFD_TEST=y',
        'CONFIG_IOMMU_IOPF=y',
        'CONFIG_FAULT_INJECTION_USERCOPY=y',
      ]),
    )
    expect(new Set(lines).size).toBe(lines.length)
  })
})

test('keys tell where one part ends and the next begins', () => {
  expect(keyOf(['ab', 'c'])).not.toBe(keyOf(['a', 'bc']))
  expect(keyOf(['ab', 'c'])).toBe(keyOf(['ab', 'c']))
})

test("the mirror is that of Debian's main archive, not of its security updates", () => {
  const targets =
    'http://a.example/debian-security/ Debian-Security main\nhttp://a.example/debian/ Debian main\n'
  expect(mirrorOf(targets)).toBe('http://a.example/debian/')
  expect(mirrorOf('http://b.example/ Ubuntu main\n')).toBeUndefined()
})

test('all missing programs are named at once, with the packages that bring them', () => {
  expect(() =>
    assertTools({ make: 'make', bison: 'bison', xz: 'xz-utils' }, (p) => p === 'make'),
  ).toThrow(/CNF001.*bison, xz;.*bison xz-utils/)
})
