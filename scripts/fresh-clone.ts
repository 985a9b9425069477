import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, lstatSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** How a command went. */
export interface Went {
  readonly status: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command to its end. */
export function go(cwd: string, command: string, ...args: string[]): Went {
  // npm hands its own configuration on to the commands that it runs; a fresh machine has none.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?!config_registry)|^VITEST|^NODE_ENV$/i.test(name),
    ),
  )
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return { status, out: stdout, err: stderr }
}

/** Copies what a clone of the working tree would hold: the files that are tracked or could be. */
export function cloneTo(folder: string): void {
  const files = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8' },
  )
  for (const file of files
    .split('\0')
    .filter((name) => lstatSync(join(root, name), { throwIfNoEntry: false })?.isFile())) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    copyFileSync(join(root, file), join(folder, file))
  }
}
