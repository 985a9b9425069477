import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConformanceError } from '../../host/errors.ts'
import { run } from '../../host/run.ts'

/** The suite whose kernel is fetched, and the package that holds its source. */
const suite = 'trixie-backports'
const sourcePackage = 'linux-source-7.3'

/** The mirror of Debian's main archive in the output of `apt-get indextargets`, or undefined. */
export function mirrorOf(targets: string): string | undefined {
  const isDebian = (line: string) => /^\S+ (?:Debian|Debian Backports) main$/.test(line)
  return targets.split('\n').find(isDebian)?.split(' ')[0]
}

/**
 * Fetches and unpacks the source, with lists of its own, so that the machine's stay as they are.
 * Returns the tree.
 */
export async function fetchSource(folder: string, log: string): Promise<string> {
  const tree = join(folder, sourcePackage)
  if (existsSync(join(tree, 'Makefile'))) return tree
  const targets = spawnSync('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(LABEL) $(COMPONENT)',
    'Created-By: Packages',
  ])
  const mirror = mirrorOf(targets.stdout?.toString() ?? '')
  if (mirror === undefined)
    throw new ConformanceError(
      'CNF002',
      'apt knows of no Debian archive; set LINUX_SRC to the tree of a kernel with iommufd',
    )
  const apt = join(folder, 'apt')
  mkdirSync(join(apt, 'lists', 'partial'), { recursive: true })
  writeFileSync(
    join(apt, 'sources.list'),
    `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror} ${suite} main\n`,
  )
  const own = [
    `Dir::Etc::SourceList=${apt}/sources.list`,
    'Dir::Etc::SourceParts=-',
    `Dir::State::Lists=${apt}/lists`,
  ]
  const options = [...own, 'APT::Sandbox::User=root', 'pkgCacheFile=', 'srcpkgcache='].flatMap(
    (o) => ['-o', o],
  )
  await run('apt-get', [...options, 'update'], { log })
  await run('apt-get', [...options, 'download', sourcePackage], { cwd: apt, log })
  const deb = readdirSync(apt).find((name) => name.endsWith('.deb'))
  if (deb === undefined)
    throw new ConformanceError('CNF002', `${sourcePackage} is not in ${suite}; set LINUX_SRC`)
  await run('dpkg-deb', ['-x', join(apt, deb), apt], { log })
  await run('tar', ['-xJf', join(apt, 'usr', 'src', `${sourcePackage}.tar.xz`), '-C', folder], {
    log,
  })
  rmSync(apt, { recursive: true })
  return tree
}
