import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogue } from './spec-catalogue.ts'
import { cli } from './test/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'proposal-'))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const small = ['--scope', 'smoke', '--driver', 'smmuv3', '--set', 'failures=0,owners=0']
const check = (proposal: string, ...argv: string[]) =>
  cli(['check', ...small, '--proposal', proposal, ...argv], { catalogue })

describe('check --proposal', () => {
  it('takes a name, and says in its reports what was checked', async () => {
    const pinned = 'vdevice-pinned-by-attach'
    const text = await check(pinned)
    expect(text.code).toBe(1)
    expect(text.out).toContain(`smoke, smmuv3, ${pinned}, failures=0, owners=0`)
    expect(text.out).toMatch(/not covered +reach-attached-without-vdevice/)
    expect(text.out).not.toContain('violated')
    const json = await check(pinned, '--format', 'json', '--property', 'one-owner')
    expect(JSON.parse(json.out)).toMatchObject({ runs: [{ proposal: pinned }] })
  })

  it('takes a file; its traces are replayed with the same proposal', async () => {
    const path = file(
      'free.mjs',
      "export default { says: 'ids are free', rules: { idOfUnboundVdevice: 'is free' } }",
    )
    const traces = join(folder, 'traces')
    const wanted = 'unbind-leaves-tombstone'
    const { code, out } = await check(path, '--property', wanted, '--traces', traces)
    expect(code).toBe(1)
    expect(out).toContain('1 violated')
    const trace = join(traces, `smoke-smmuv3-${wanted}.itf.json`)
    const replayed = await cli(['replay', trace], { catalogue })
    expect(replayed).toMatchObject({ code: 0, err: '' })
    expect(replayed.out).toContain(`smoke, smmuv3, ${path}, failures=0, owners=0`)
    const itf = JSON.parse(readFileSync(trace, 'utf8')) as { '#meta': { proposal?: string } }
    delete itf['#meta'].proposal
    const merged = await cli(['replay', file('merged.itf.json', JSON.stringify(itf))], {
      catalogue,
    })
    expect(merged.err).toContain('CHK017')
  })

  it.each<[string, string, RegExp]>([
    ['a name that is not there', 'moon', /CLI011.*'moon' is not among vdevice-pinned-by-attach/],
    ['a file that is not there', join(folder, 'no.mjs'), /CLI008.*no\.mjs/],
    ['a file that is no module', file('bad.mjs', 'export default {'), /CLI011.*bad\.mjs/],
    ['a file without an export', file('none.mjs', 'export const x = 1'), /CLI011.*export default/],
    ['words alone', file('words.mjs', "export default 'x'"), /CLI011.*exports no proposal/],
    [
      'a rule that is not there',
      file('rule.mjs', "export default { says: 'x', rules: { moon: false } }"),
      /CHK011.*no rule 'moon'; use one/,
    ],
    [
      'what is so already',
      file('same.mjs', "export default { says: 'x', rules: { oneVdevicePerDevice: true } }"),
      /CHK027.*as the kernel does/,
    ],
  ])('refuses %s', async (_, proposal, message) => {
    const { code, out, err } = await check(proposal)
    expect(err).toMatch(message)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })
})
