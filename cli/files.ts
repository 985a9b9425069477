import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { CliError } from './errors.ts'

/** An error in words. */
export const because = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * Refused with CLI007 where a file of that name cannot be written; asked before the work, not after
 * it.
 */
export function assertWritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK)
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`${path} is a folder`)
  } catch (error) {
    throw new CliError('CLI007', because(error))
  }
}

/** Makes a folder and those above it, where they are not there. */
export function makeFolder(path: string): void {
  try {
    make(resolve(path))
  } catch (error) {
    throw new CliError('CLI007', because(error))
  }
}

/**
 * Folder by folder: Node's own recursive form goes on for ever where a file system has no new
 * folders, as /proc.
 */
function make(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  make(dirname(path))
  mkdirSync(path)
}

/** Writes a file as a whole: under another name first, so that nobody reads half of it. */
export function writeWhole(path: string, text: string): void {
  const aside = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(aside, text)
    renameSync(aside, path)
  } catch (error) {
    rmSync(aside, { force: true })
    throw new CliError('CLI007', because(error))
  }
}

/** The text of a file; CLI008 where there is none. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new CliError('CLI008', because(error))
  }
}
