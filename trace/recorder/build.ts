import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contentsOf, keyOf, sourcePath } from '../../host/cache.ts'
import { run } from '../../host/run.ts'
import { recorderTables } from './tables.ts'

/**
 * The C library's functions that the recorder looks at; a static program is linked with a `--wrap`
 * for each.
 */
const wrapped = [
  ...[
    'ioctl',
    'open',
    'open64',
    'openat',
    'openat64',
    '__open_2',
    '__open64_2',
    'close',
    'dup',
    'dup2',
    'dup3',
  ],
  ...['mmap', 'mmap64', 'munmap'],
]

const flags = ['-std=gnu11', '-D_GNU_SOURCE', '-Wall', '-Wextra', '-O2']

/** The recorder's sources, with the generated tables in a folder of their own. */
function prepare(cache: string): {
  readonly folder: string
  readonly sources: readonly string[]
  readonly key: string
} {
  const recorder = sourcePath('trace', 'recorder')
  const tables = recorderTables()
  const key = keyOf([tables, ...contentsOf(recorder, ['.c', '.h'])])
  const folder = join(cache, `recorder-${key}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'uapi-tables.h'), tables)
  const sources = readdirSync(recorder).filter((name) => name.endsWith('.c'))
  return { folder, sources: sources.map((name) => join(recorder, name)), key }
}

/** Compiles the recorder for `LD_PRELOAD`, or finds it compiled. Returns its path. */
export async function buildRecorder(cache: string, log: string): Promise<string> {
  const { folder, sources } = prepare(cache)
  const path = join(folder, 'iommufd-record.so')
  if (!existsSync(path))
    await run('gcc', [...flags, '-shared', '-fPIC', `-I${folder}`, '-o', path, ...sources], { log })
  return path
}

/** A static program that is to be recorded. */
export interface Program {
  /** For its file's name. */
  readonly name: string
  readonly sources: readonly string[]
  /** Further arguments of the compiler. */
  readonly flags: readonly string[]
  /** Libraries, as `-l` takes them. */
  readonly libraries: readonly string[]
}

/** Compiles a program with the recorder in it. Returns its path. */
export async function buildRecorded(program: Program, cache: string, log: string): Promise<string> {
  const { folder, sources, key } = prepare(cache)
  const objects: string[] = []
  for (const source of sources) {
    const object = join(folder, `${keyOf([source])}.o`)
    await run('gcc', [...flags, '-DWRAP', `-I${folder}`, '-c', '-o', object, source], { log })
    objects.push(object)
  }
  const path = join(folder, `${program.name}-${keyOf([key, ...program.sources, ...program.flags])}`)
  const link = [
    '-static',
    ...wrapped.map((name) => `-Wl,--wrap=${name}`),
    ...program.libraries.map((name) => `-l${name}`),
  ]
  await run(
    'gcc',
    [
      '-O2',
      '-D_GNU_SOURCE',
      '-w',
      ...program.flags,
      '-o',
      path,
      ...program.sources,
      ...objects,
      ...link,
    ],
    { log },
  )
  return path
}
