import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { ConformanceError } from '../../host/errors.ts'
import { fetchSource } from './apt-source.ts'
import { contentsOf, keyOf } from '../../host/cache.ts'

/** The tree of a kernel's source. */
export interface Source {
  readonly tree: string
  /**
   * Changes when the tree does: its commit where it is a clean git checkout, else what it holds of
   * iommufd and the IOMMU core.
   */
  readonly identity: string
}

function identityOf(tree: string): string {
  const git = (...args: string[]) => spawnSync('git', ['-C', tree, ...args])
  const head = git('rev-parse', 'HEAD')
  const top = git('rev-parse', '--show-toplevel').stdout?.toString().trim()
  if (head.status === 0 && top === tree && git('diff', '--quiet', 'HEAD').status === 0)
    return head.stdout.toString().trim()
  const iommu = join(tree, 'drivers', 'iommu')
  const folders = [
    join(iommu, 'iommufd'),
    iommu,
    join(tree, 'include', 'linux'),
    join(tree, 'include', 'uapi', 'linux'),
  ]
  const stamp = statSync(join(tree, 'Makefile')).mtimeMs
  return keyOf([
    readFileSync(join(tree, 'Makefile')),
    String(stamp),
    ...folders.flatMap((f) => contentsOf(f, ['.c', '.h'])),
  ])
}

/**
 * The tree that `linuxSource` names (in the command line: LINUX_SRC), or else Debian's, fetched
 * into `folder`.
 */
export async function findSource(
  linuxSource: string | undefined,
  folder: string,
  log: string,
): Promise<Source> {
  const tree = linuxSource ?? (await fetchSource(folder, log))
  if (!existsSync(join(tree, 'drivers', 'iommu', 'iommufd', 'iommufd_test.h')))
    throw new ConformanceError(
      'CNF002',
      `${tree} holds no drivers/iommu/iommufd/iommufd_test.h; name the top of a tree of Linux 6.2 or later`,
    )
  return { tree, identity: identityOf(tree) }
}
