import { existsSync, mkdirSync, readFileSync, renameSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConformanceError } from '../../host/errors.ts'
import { keyOf, sourcePath } from '../../host/cache.ts'
import { lostLines } from './config.ts'
import { run } from '../../host/run.ts'
import type { Source } from './source.ts'

/** A kernel that was built, with what programs for it are compiled against. */
export interface Kernel {
  /** Path of the bzImage. */
  readonly image: string
  /** Path of the folder that holds `linux/iommufd.h`, and `iommufd_test.h` beside that folder. */
  readonly headers: string
  /** A short hash of its source, its configuration and nothing else. */
  readonly key: string
}

/**
 * Builds the kernel of a tree outside of the tree, or finds it built. Lines of the fragment that do
 * not survive: CNF003.
 */
export async function buildKernel(
  source: Source,
  cache: string,
  jobs: number,
  log: string,
): Promise<Kernel> {
  const fragmentPath = sourcePath('conformance', 'kernel', 'iommufd.config')
  const fragment = readFileSync(fragmentPath, 'utf8')
  const key = keyOf([source.identity, fragment])
  const folder = join(cache, `kernel-${key}`)
  const kernel = {
    image: join(folder, 'bzImage'),
    headers: join(folder, 'headers', 'include'),
    key,
  }
  if (existsSync(kernel.image)) return kernel
  const build = join(folder, 'build')
  mkdirSync(build, { recursive: true })
  const make = (...args: string[]) =>
    run(
      'nice',
      ['-n', '19', 'make', '-C', source.tree, `O=${build}`, 'ARCH=x86_64', `-j${jobs}`, ...args],
      { log },
    )
  await make('tinyconfig')
  const merge = join(source.tree, 'scripts', 'kconfig', 'merge_config.sh')
  await run(merge, ['-m', '-O', build, join(build, '.config'), fragmentPath], {
    cwd: source.tree,
    log,
  })
  await make('olddefconfig')
  const lost = lostLines(fragment, readFileSync(join(build, '.config'), 'utf8'))
  if (lost.length > 0)
    throw new ConformanceError('CNF003', `this kernel's configuration loses ${lost.join(', ')}`)
  await make(`INSTALL_HDR_PATH=${join(folder, 'headers')}`, 'headers_install')
  // Not installed with the others: it belongs to the kernel's own tests.
  copyFileSync(
    join(source.tree, 'drivers', 'iommu', 'iommufd', 'iommufd_test.h'),
    join(kernel.headers, 'iommufd_test.h'),
  )
  await make('bzImage')
  copyFileSync(join(build, 'arch', 'x86', 'boot', 'bzImage'), `${kernel.image}.new`)
  renameSync(`${kernel.image}.new`, kernel.image)
  return kernel
}
