/** Compiles into a folder aside and moves it to dist/ when there was no error: dist/ is the whole build of these sources, or absent. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** @returns {boolean} whether it compiled */
export function build(root) {
  const dist = join(root, 'dist')
  const aside = join(root, '.cache', 'build')
  rmSync(dist, { recursive: true, force: true })
  rmSync(aside, { recursive: true, force: true })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.build.json', '--outDir', aside, '--tsBuildInfoFile', join(aside, '.tsbuildinfo')],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0 || !existsSync(aside)) return false
  const main = join(aside, 'cli', 'main.js')
  if (existsSync(main)) chmodSync(main, 0o755)
  renameSync(aside, dist)
  return true
}

if (process.argv[1] === import.meta.filename && !build(process.cwd())) process.exit(1)
