/**
 * Run before `npm start`: installs the packages when they are missing or stale, and compiles when
 * something changed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'

const root = join(import.meta.dirname, '..')
const stamp = join(root, 'dist', '.sources')
const read = (...path) => readFileSync(join(root, ...path), 'utf8')

/** Whether every package of the lock file is there in its version. */
function installed() {
  try {
    const wanted = JSON.parse(read('package-lock.json')).packages
    const present = JSON.parse(read('node_modules', '.package-lock.json')).packages
    return Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === '' ||
        (optional && !(path in present)) ||
        (present[path]?.version === version && existsSync(join(root, path, 'package.json'))),
    )
  } catch {
    return false
  }
}

/** A digest of everything that the build is made of. */
function sources() {
  const { include } = JSON.parse(read('tsconfig.build.json'))
  const folders = include.map((glob) => glob.split('/')[0])
  const files = folders.flatMap((folder) =>
    existsSync(join(root, folder))
      ? readdirSync(join(root, folder), { recursive: true })
          .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
          .map((name) => join(folder, name))
      : [],
  )
  const hash = createHash('sha256')
  for (const file of [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.build.json',
    ...files.sort(),
  ])
    hash.update(`${file}\0${read(file)}\0`)
  return hash.digest('hex')
}

const built = () => existsSync(stamp) && readFileSync(stamp, 'utf8')

if (!installed()) {
  process.stderr.write('installing…\n')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const { status } = spawnSync('npm', ['ci', '--include=dev'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(1)
}
const digest = sources()
if (built() !== digest) {
  process.stderr.write('compiling…\n')
  if (!build(root)) {
    process.stderr.write(
      'The sources do not compile, so there is nothing to run; mend the errors above.\n',
    )
    process.exit(1)
  }
  writeFileSync(stamp, digest)
}
