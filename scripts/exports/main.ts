/** Names the exports that nothing uses; exit code 1 where there are any. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, sep } from 'node:path'
import { unusedExports } from './unused.ts'

const root = join(import.meta.dirname, '..', '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const { include } = JSON.parse(read('tsconfig.json')) as { include: string[] }
const sources = new Map(
  include
    .filter((folder) => !folder.includes('*'))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => posix.join(folder, name.split(sep).join(posix.sep)))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts')),
    )
    .map((file) => [file, read(file)]),
)
const { exports } = JSON.parse(read('package.json')) as {
  exports: Record<string, string | { default: string }>
}
const entries = new Set(
  Object.values(exports).flatMap((entry) =>
    typeof entry === 'string'
      ? []
      : [entry.default.replace(/^\.\/dist\//, '').replace(/\.js$/, '.ts')],
  ),
)
const unused = unusedExports(sources, entries)
for (const { file, name } of unused) console.log(`${file}: ${name}`)
console.log(`${unused.length} unused exports`)
if (unused.length > 0) process.exitCode = 1
