import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const folders = [
  'bench',
  'checker',
  'cli',
  'conformance',
  'docs/generate',
  'docs/guides',
  'host',
  'machines',
  'properties',
  'spec',
  'trace',
  'uapi',
]

/**
 * A copy of the sources that a page may add to and change. `npx iommufd-spec` runs them there
 * without a build.
 */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-page-'))

  constructor() {
    for (const folder of folders)
      cpSync(join(root, folder), join(this.folder, folder), {
        recursive: true,
        filter: (path) => !path.endsWith('.test.ts'),
      })
    cpSync(join(root, 'tsconfig.json'), join(this.folder, 'tsconfig.json'))
    const text = readFileSync(join(root, 'package.json'), 'utf8')
    // The package by its own name, from its sources.
    writeFileSync(
      join(this.folder, 'package.json'),
      text.replace(/\.\/dist\/([\w/]+)(\.d\.ts|\.js)/g, './$1.ts'),
    )
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction')
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true })
    writeFileSync(join(this.folder, path), text)
  }

  /** Applies a diff, none of its context being off. */
  patch(diff: string): { readonly status: number | null; readonly out: string } {
    return this.#spawn('git', ['apply', '--whitespace=nowarn', '-'], diff)
  }

  /** Runs a command line of a shell. */
  run(line: string): { readonly status: number | null; readonly out: string } {
    return this.#spawn('sh', ['-c', line])
  }

  /** Type-checks files, with the options of the repository. */
  types(files: readonly string[]): { readonly status: number | null; readonly out: string } {
    this.write(
      'tsconfig.page.json',
      JSON.stringify({
        extends: './tsconfig.json',
        compilerOptions: { noEmit: true },
        include: [],
        files,
      }),
    )
    return this.#spawn(process.execPath, [
      join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
      '-p',
      'tsconfig.page.json',
    ])
  }

  #spawn(command: string, args: readonly string[], input = '') {
    const PATH = [join(import.meta.dirname, 'bin'), process.env['PATH']].join(delimiter)
    const env = { ...process.env, PATH, NODE_OPTIONS: '', VITEST: '', NODE_ENV: '' }
    const { status, stdout, stderr } = spawnSync(command, args, {
      cwd: this.folder,
      env,
      input,
      encoding: 'utf8',
    })
    return { status, out: stdout + stderr }
  }
}
