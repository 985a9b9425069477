import { join } from 'node:path'
import type { BuiltImage } from '../kernel/build-image.ts'
import { buildRecorded } from '../../trace/recorder/build.ts'
import { recordProgram, type Recording } from './record-program.ts'

/**
 * Records the kernel's own self-test of iommufd on the kernel that it belongs to. Needs libcap's
 * static library.
 */
export async function recordSelftest(image: BuiltImage): Promise<Recording> {
  const { source, built, cache } = image
  const tests = join(source.tree, 'tools', 'testing', 'selftests')
  const program = {
    name: 'selftest',
    sources: [join(tests, 'iommu', 'iommufd.c')],
    flags: [`-isystem${built.headers}`, `-I${tests}`, `-I${join(source.tree, 'tools', 'include')}`],
    libraries: ['cap'],
  }
  const path = await buildRecorded(program, cache, join(cache, 'build.log'))
  return recordProgram({ kernel: image.kernel, init: image.init, program: path })
}
