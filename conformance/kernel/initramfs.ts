import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { ConformanceError } from '../../host/errors.ts'
import { contentsOf, keyOf, sourcePath } from '../../host/cache.ts'
import { run } from '../../host/run.ts'

/**
 * Packs files into an initramfs: paths in the guest to paths on the host. Files keep their modes.
 */
export function packInitramfs(
  files: Readonly<Record<string, string>>,
  to: string,
  aside: string,
): void {
  const folder = mkdtempSync(join(aside, 'initramfs-'))
  try {
    for (const [inside, outside] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, inside)), { recursive: true })
      copyFileSync(outside, join(folder, inside))
    }
    mkdirSync(join(folder, 'dev'), { recursive: true })
    const packed = spawnSync(
      'sh',
      ['-c', 'find . | LC_ALL=C sort | cpio -o -H newc -R 0:0 --quiet | gzip -n'],
      {
        cwd: folder,
        maxBuffer: 1 << 30,
      },
    )
    if (packed.status !== 0)
      throw new ConformanceError('CNF004', `cpio: ${packed.stderr.toString()}`)
    writeFileSync(`${to}.new`, packed.stdout)
    renameSync(`${to}.new`, to)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Compiles the runner, a static program, and packs it as the only file of an initramfs; or finds
 * both.
 */
export async function buildInitramfs(
  cache: string,
  log: string,
): Promise<{ init: string; initramfs: string }> {
  const runner = sourcePath('conformance', 'runner')
  const key = keyOf(contentsOf(runner, ['.c', '.h']))
  const path = join(cache, `runner-${key}.cpio.gz`)
  const program = join(cache, `runner-${key}`)
  if (existsSync(path)) return { init: program, initramfs: path }
  const sources = readdirSync(runner).filter((name) => name.endsWith('.c'))
  const flags = ['-std=gnu11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-O2', '-static', '-o', program]
  await run('gcc', [...flags, ...sources.map((name) => join(runner, name))], { log })
  packInitramfs({ init: program }, path, cache)
  return { init: program, initramfs: path }
}
