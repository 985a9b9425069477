import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ConformanceError } from '../../host/errors.ts'

/** What a guest boots: a kernel and an initial RAM disk. */
export interface Image {
  /** Path of a bzImage. */
  readonly kernel: string
  /** Path of the initramfs whose init is the runner. */
  readonly initramfs: string
}

/** A guest that runs. */
export interface Guest {
  /**
   * Sends bytes to the runner, as fast as it takes them; resolves when they are sent or the guest
   * is off.
   */
  send(pieces: Iterable<Uint8Array>): Promise<void>
  /** Resolves when the guest is off. */
  readonly off: Promise<void>
  /** Turns the guest off at once. */
  stop(): void
  /** The last lines of its console; 40 unless told otherwise. */
  console(lines?: number): string
}

/** Gigabytes of memory do no harm: what the guest does not touch costs nothing. */
const memory = '1024'

/**
 * A guest that goes off before it has taken everything is told of by `off`; what it has not
 * answered is sent to the next one.
 */
function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (
    !['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(
      error.code ?? '',
    )
  )
    throw error
}

/**
 * Starts a guest. `onData` gets what the runner sends; `args` go to the runner. The console is
 * written to a file.
 */
export function startGuest(
  image: Image,
  args: readonly string[],
  consolePath: string,
  onData: (piece: Buffer) => void,
): Guest {
  const append = `console=ttyS0 reboot=t panic=-1 quiet rcupdate.rcu_expedited=1 no_timer_check -- ${args.join(' ')}`
  closeSync(openSync(consolePath, 'w'))
  const child = spawn(
    'qemu-system-x86_64',
    [
      ...[
        '-nodefaults',
        '-no-user-config',
        '-display',
        'none',
        '-no-reboot',
        '-accel',
        'tcg',
        '-cpu',
        'max',
        '-m',
        memory,
      ],
      ...['-kernel', image.kernel, '-initrd', image.initramfs, '-append', append],
      ...['-serial', `file:${consolePath}`, '-chardev', 'stdio,id=port,signal=off'],
      ...['-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=port,name=runner'],
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let complaint = ''
  child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
  child.stdout.on('data', onData)
  const { stdin } = child
  const off = new Promise<void>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT'
      reject(
        missing
          ? new ConformanceError(
              'CNF001',
              'qemu-system-x86_64; install the Debian package qemu-system-x86',
            )
          : new ConformanceError('CNF005', error.message),
      )
    })
    child.on('close', (code) => {
      if (code === 0 || code === null) resolve()
      else reject(new ConformanceError('CNF005', `QEMU ended with ${code}: ${complaint.trim()}`))
    })
  })
  return {
    // To end the stream would disconnect the port, and results could not come any more.
    send: (pieces) => pipeline(Readable.from(pieces), stdin, { end: false }).catch(ignoreClosed),
    off,
    stop: () => void child.kill('SIGKILL'),
    console: (lines = 40) =>
      readFileSync(consolePath, 'utf8').replaceAll('\r', '').split('\n').slice(-lines).join('\n'),
  }
}
