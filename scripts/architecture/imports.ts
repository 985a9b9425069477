import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import ts from 'typescript'

const folders = [
  'bench',
  'checker',
  'cli',
  'conformance',
  'docs/generate',
  'host',
  'machines',
  'properties',
  'spec',
  'trace',
  'uapi',
]
/** The files of the checker that others may import, as they are drawn. */
const faces: Readonly<Record<string, string>> = {
  'checker/index.ts': 'checker/index.ts',
  // What tools see beside it; of its own, arrows to it could not but cross.
  'checker/inspect.ts': 'checker/index.ts',
  'checker/lifecycle.ts': 'checker/lifecycle.ts',
  // What lifecycle.ts stands on.
  'checker/errors.ts': 'checker/lifecycle.ts',
}

/**
 * The part of the house that a file belongs to: its folder, or the file itself where it is a face
 * of the checker.
 */
export const partOf = (file: string): string =>
  faces[file] ?? folders.find((folder) => file.startsWith(`${folder}/`)) ?? file

/** Files of one part import files of another, tests aside. */
export interface Dependency {
  readonly from: string
  readonly to: string
}

/** The dependencies between the parts of the house, read from the imports of its files. */
export function dependencies(root: string): Dependency[] {
  const found = new Set<string>()
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const file = posix.join(folder, name.split(sep).join(posix.sep))
      if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.includes('/test/')) continue
      for (const { fileName } of ts.preProcessFile(readFileSync(join(root, file), 'utf8'))
        .importedFiles) {
        if (!fileName.startsWith('.')) continue
        const target = relative(root, join(root, dirname(file), fileName))
          .split(sep)
          .join(posix.sep)
        const [from, to] = [partOf(file), partOf(target)]
        if (from !== to && target.endsWith('.ts')) found.add(`${from} ${to}`)
      }
    }
  return [...found].sort().map((pair) => {
    const [from, to] = pair.split(' ')
    return { from, to }
  })
}
