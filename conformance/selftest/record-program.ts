import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConformanceError } from '../../host/errors.ts'
import { packInitramfs } from '../kernel/initramfs.ts'
import { frameReader } from '../runner/frames.ts'
import { protocol } from '../runner/protocol.ts'
import { startGuest } from '../runner/qemu.ts'

/** What a recorded program gave. */
export interface Recording {
  /** JSON lines, in the order in which calls ended. */
  readonly log: string
  /** Its exit status; 128 and the signal's number where one ended it. */
  readonly status: number
  /** What it printed, and what the kernel said. */
  readonly console: string
}

/** How a program is run in the guest. */
export interface RecordOptions {
  /** A bzImage. */
  readonly kernel: string
  /** The runner. */
  readonly init: string
  /** A static program that was built with the recorder in it. */
  readonly program: string
  readonly args?: readonly string[]
  /** Seconds after which the guest is turned off: CNF008. 600 unless told otherwise. */
  readonly seconds?: number
}

/** Runs one program in a guest and brings its log out. */
export async function recordProgram({
  kernel,
  init,
  program,
  args = [],
  seconds = 600,
}: RecordOptions): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-'))
  const pieces: Buffer[] = []
  let status: number | null = null
  try {
    const initramfs = join(folder, 'initramfs.gz')
    packInitramfs({ init, program }, initramfs, folder)
    const read = frameReader((frame) => {
      if (frame.type === protocol.frames.log) pieces.push(frame.payload)
      if (frame.type === protocol.frames.end) status = frame.status
    })
    const guest = startGuest(
      { kernel, initramfs },
      ['program', '/program', ...args],
      join(folder, 'console'),
      read,
    )
    const timer = setTimeout(() => guest.stop(), seconds * 1000)
    await guest.off.finally(() => clearTimeout(timer))
    const text = guest.console(Infinity)
    if (status === null)
      throw new ConformanceError(
        'CNF008',
        `the program did not end within ${seconds} s; its console ends with\n${text.slice(-2000)}`,
      )
    return { log: Buffer.concat(pieces).toString(), status, console: text }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
