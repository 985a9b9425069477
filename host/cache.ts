import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this repository, or of the installed package. */
const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Where kernels and images are kept: `.cache/conformance` of a checkout, `$XDG_CACHE_HOME`
 * otherwise.
 */
export function cacheFolder(): string {
  const { HOME = '/tmp', XDG_CACHE_HOME = join(HOME, '.cache') } = process.env
  // What a checkout has compiled stands in a folder of its own in it.
  const checkout = [root, join(root, '..')].find((one) => existsSync(join(one, '.git')))
  const folder =
    checkout === undefined
      ? join(XDG_CACHE_HOME, 'iommufd-spec')
      : join(checkout, '.cache', 'conformance')
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A short name for contents: the same contents, in the same order, have the same one. */
export function keyOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}\n`).update(part)
  return hash.digest('hex').slice(0, 16)
}

/**
 * Names and contents of the files of a folder that end in one of the suffixes, in the order of
 * their names.
 */
export function contentsOf(folder: string, suffixes: readonly string[]): string[] {
  const names = readdirSync(folder).filter((name) =>
    suffixes.some((suffix) => name.endsWith(suffix)),
  )
  return names.sort().flatMap((name) => [name, readFileSync(join(folder, name), 'utf8')])
}

/** The path of a source file, by its path in the repository. */
export const sourcePath = (...names: string[]): string => join(root, ...names)
