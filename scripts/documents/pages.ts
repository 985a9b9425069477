import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's root. */
export const root = join(import.meta.dirname, '..', '..')

/** The Markdown pages that are written by hand, by their path. */
export const pages: readonly string[] = ['.', 'docs', 'docs/guides']
  .flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  )
  .filter((path) => !readFileSync(join(root, path), 'utf8').startsWith('<!-- Generated'))
