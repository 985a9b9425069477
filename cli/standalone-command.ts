import { assertWritable, writeWhole } from './files.ts'
import type { Io } from './io.ts'
import { exit } from './result.ts'

/**
 * Writes the calls of SMMUv3's profile as a C program for a machine with VFIO devices. Returns the
 * exit code.
 */
export async function standaloneCommand(path: string, io: Io): Promise<number> {
  assertWritable(path)
  const { standaloneProgram } = await import('../conformance/standalone/index.ts')
  writeWhole(path, standaloneProgram(io.version))
  io.stdout.write(`${path}\n`)
  return exit.expected
}
