import { ESLint } from 'eslint'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const eslint = new ESLint({ cwd: resolve(import.meta.dirname, '../..') })

/** The rules that a line breaks when it stands in a file of that path. */
async function broken(filePath: string, line: string): Promise<string[]> {
  const [{ messages }] = await eslint.lintText(`${line}\n`, { filePath })
  return messages
    .filter((m) => m.ruleId === 'house/import-directions' || m.fatal === true)
    .map((m) => m.message)
}

describe('import directions', () => {
  it.each([
    ['machines/viommu.ts', "import { x } from '../spec/index.ts'"],
    ['machines/viommu.ts', "import { x } from '../checker/index.ts'"],
    ['machines/viommu.ts', "import { x } from 'commander'"],
    ['spec/a.ts', "import { x } from '../properties/index.ts'"],
    ['spec/a.ts', "import { x } from '../checker/system.ts'"],
    ['spec/ioctls/a.ts', "import { x } from '../../checker/tabulated/search.ts'"],
    ['properties/a.ts', "import { x } from '../cli/main.ts'"],
    ['properties/a.ts', "import { x } from '../checker/check.ts'"],
    ['checker/a.ts', "import { x } from '../spec/index.ts'"],
    ['checker/a.ts', "import { x } from 'commander'"],
    ['checker/a.ts', "export * from '../machines/viommu.ts'"],
    ['checker/a.ts', "export const x = () => import('../spec/index.ts')"],
    ['checker/a.ts', "export type X = import('../spec/index.ts').X"],
    ['bench/a.ts', "import { x } from '../cli/main.ts'"],
    ['spec/a.ts', "import { x } from '../checker/inspect.ts'"],
    ['properties/a.ts', "export { x } from '../checker/inspect.ts'"],
    ['cli/a.ts', "import { x } from '../checker/caller.ts'"],
    ['cli/a.ts', "import { x } from '../checker/zoo/index.ts'"],
    ['docs/generate/pages/a.ts', "import { x } from '../../../checker/reference/view.ts'"],
    ['conformance/generate/a.ts', "import type { X } from '../../checker/machine.ts'"],
    ['bench/a.ts', "import { x } from '../checker/check.ts'"],
    ['host/a.ts', "import { x } from '../uapi/index.ts'"],
    ['uapi/a.ts', "import { x } from '../trace/index.ts'"],
    ['trace/a.ts', "import { x } from '../conformance/runner/qemu.ts'"],
  ])('%s refuses %s', async (file, line) => {
    expect(await broken(file, line)).toHaveLength(1)
  })

  it.each([
    ['machines/viommu.ts', "import { refuse } from '../checker/lifecycle.ts'"],
    ['machines/viommu.ts', "import { setup } from 'xstate'"],
    ['spec/ioctls/a.ts', "import { model } from '../../checker/index.ts'"],
    ['spec/a.ts', "import { viommu } from '../machines/viommu.ts'"],
    ['properties/a.ts', "import { always } from '../spec/model.ts'"],
    ['checker/zoo/a.ts', "import { system } from '../system.ts'"],
    ['checker/a.ts', "import { performance } from 'node:perf_hooks'"],
    ['cli/a.ts', "import { properties } from '../properties/index.ts'"],
    ['docs/generate/pages/a.ts', "import { x } from '../../../checker/inspect.ts'"],
    ['trace/a.ts', "import { request } from '../uapi/binding/index.ts'"],
    ['conformance/generate/a.ts', "import { perform } from '../../checker/inspect.ts'"],
    ['docs/generate/a.ts', "import { viommu } from '../../machines/viommu.ts'"],
  ])('%s allows %s', async (file, line) => {
    expect(await broken(file, line)).toEqual([])
  })

  it('names the folder, the import and what is allowed', async () => {
    const [message] = await broken('machines/viommu.ts', "import { x } from '../spec/index.ts'")
    expect(message).toMatch(/machines\/.*'\.\.\/spec\/index\.ts'.*checker\/lifecycle\.ts/)
  })
})
