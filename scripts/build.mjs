/**
 * Compiles into a folder aside and moves it to dist/ when there was no error: dist/ is the whole
 * build of these sources, or absent.
 */
import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, sep } from 'node:path'

/** What is compiled where it is used: the guest's programs, and the kernel's configuration. */
function copySources(from, to) {
  if (!existsSync(from)) return
  const wanted = (name) => /\.(?:c|h|config)$/.test(name) && !name.split(sep).includes('test')
  for (const name of readdirSync(from, { recursive: true }))
    if (wanted(name)) cpSync(join(from, name), join(to, name))
}

/** @returns {boolean} whether it compiled */
export function build(root) {
  const dist = join(root, 'dist')
  const aside = join(root, '.cache', 'build')
  rmSync(dist, { recursive: true, force: true })
  rmSync(aside, { recursive: true, force: true })
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  const { status } = spawnSync(
    process.execPath,
    [
      tsc,
      '-p',
      'tsconfig.build.json',
      '--outDir',
      aside,
      '--tsBuildInfoFile',
      join(aside, '.tsbuildinfo'),
    ],
    { cwd: root, stdio: 'inherit' },
  )
  if (status !== 0 || !existsSync(aside)) return false
  const main = join(aside, 'cli', 'main.js')
  if (existsSync(main)) chmodSync(main, 0o755)
  for (const folder of ['conformance', 'trace'])
    copySources(join(root, folder), join(aside, folder))
  renameSync(aside, dist)
  return true
}

if (process.argv[1] === import.meta.filename && !build(process.cwd())) process.exit(1)
