import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { ConformanceError } from './errors.ts'

/**
 * Runs a program to its end. Its output goes to a file; CNF004 with the last lines where it fails.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; log: string },
): Promise<void> {
  const log = createWriteStream(options.log, { flags: 'a' })
  let tail = ''
  const take = (piece: Buffer) => {
    log.write(piece)
    tail = (tail + piece.toString()).slice(-2000)
  }
  try {
    await new Promise<void>((resolve, reject) => {
      const child = spawn(program, args, { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.on('data', take)
      child.stderr.on('data', take)
      child.on('error', (error) =>
        reject(new ConformanceError('CNF004', `${program}: ${error.message}`)),
      )
      child.on('close', (code) => {
        if (code === 0) resolve()
        else
          reject(
            new ConformanceError(
              'CNF004',
              `${program} ${args.join(' ')} ended with ${code}; see ${options.log}\n${tail}`,
            ),
          )
      })
    })
  } finally {
    log.end()
  }
}
