import { spawnSync } from 'node:child_process'
import { ConformanceError } from './errors.ts'

/** Programs that a build needs, with the Debian package that brings each. */
const buildTools: Readonly<Record<string, string>> = {
  make: 'make',
  gcc: 'gcc',
  ld: 'binutils',
  flex: 'flex',
  bison: 'bison',
  bc: 'bc',
  perl: 'perl',
  cpio: 'cpio',
  gzip: 'gzip',
  tar: 'tar',
  xz: 'xz-utils',
  rsync: 'rsync',
  'qemu-system-x86_64': 'qemu-system-x86',
}

const exists = (program: string) => spawnSync('sh', ['-c', 'command -v "$0"', program]).status === 0

/** Refused with CNF001 where a program is missing; all that are missing are named at once. */
export function assertTools(
  tools: Readonly<Record<string, string>> = buildTools,
  has: (program: string) => boolean = exists,
): void {
  const missing = Object.keys(tools).filter((program) => !has(program))
  if (missing.length === 0) return
  const packages = [...new Set(missing.map((program) => tools[program]))]
  throw new ConformanceError(
    'CNF001',
    `${missing.join(', ')}; on Debian: apt-get install ${packages.join(' ')} libelf-dev libssl-dev libcap-dev`,
  )
}
