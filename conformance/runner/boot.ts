import { join } from 'node:path'
import { encodeEnd, encodeHeader, encodeSequence } from './encode.ts'
import { decodeHello, decodeResult, frameReader, type Frame } from './frames.ts'
import { ends, protocol } from './protocol.ts'
import { startGuest, type Image } from './qemu.ts'
import type { KernelIdentity, SequenceResult } from './result.ts'
import type { RunOptions } from './run-guest.ts'
import type { Sequence } from '../../uapi/sequence.ts'

/** What one boot of the guest is to do. */
export interface BootOptions extends RunOptions {
  readonly sequences: readonly Sequence[]
  /** The first sequence that is executed. */
  readonly from: number
  /** Each result is sent at once, not in batches. */
  readonly careful: boolean
  /** For the console's file. */
  readonly folder: string
  readonly take: (result: SequenceResult) => void
}

/** What became of one boot. */
export interface Boot {
  readonly kernel: KernelIdentity | null
  /** How the runner ended; null when the kernel went down under it. */
  readonly end: (typeof ends)[number] | null
  /** Whether it was turned off because nothing came any more. */
  readonly silent: boolean
  readonly console: string
}

/** What the runner is sent: the header, sequences, the end. */
function* input(options: BootOptions): Generator<Uint8Array> {
  const { flags } = protocol
  const flag =
    (options.careful ? flags.flushEach : 0) |
    (options.continueAfterWarning ? 0 : flags.stopOnWarning)
  yield encodeHeader(flag, (options.sequenceSeconds ?? 10) * 1000)
  let batch: Uint8Array[] = []
  for (let i = options.from; i < options.sequences.length; i++) {
    batch.push(encodeSequence(options.sequences[i], i))
    if (batch.length < 64) continue
    yield Buffer.concat(batch)
    batch = []
  }
  yield Buffer.concat([...batch, encodeEnd()])
}

/** Boots a guest and runs sequences until they end, or it does. */
export async function bootGuest(image: Image, options: BootOptions): Promise<Boot> {
  let kernel: KernelIdentity | null = null
  let end: Boot['end'] = null
  let silent = false
  let fault: unknown
  const onFrame = (frame: Frame) => {
    timer.refresh()
    if (frame.type === protocol.frames.hello) kernel = decodeHello(frame)
    else if (frame.type === protocol.frames.result)
      options.take(decodeResult(frame, options.sequences[frame.index]))
    else if (frame.type === protocol.frames.end) end = ends[frame.status]
  }
  const read = frameReader(onFrame)
  const fail = (error: unknown) => {
    fault ??= error
    guest.stop()
  }
  const guest = startGuest(image, ['sequences'], join(options.folder, 'console'), (piece) => {
    try {
      read(piece)
    } catch (error) {
      fail(error)
    }
  })
  const timer = setTimeout(
    () => {
      silent = true
      guest.stop()
    },
    (options.silenceSeconds ?? 120) * 1000,
  )
  try {
    await Promise.all([guest.send(input(options)).catch(fail), guest.off])
  } finally {
    clearTimeout(timer)
  }
  if (fault !== undefined) throw fault
  return { kernel, end, silent, console: guest.console() }
}
