import { Descriptors } from './descriptors.ts'
import { TraceError } from './errors.ts'
import { number } from './fields.ts'
import type { Logged, LoggedCall } from './log-line.ts'
import { outsideOf } from './outside-ioctls.ts'
import { vfioIoctls } from '../uapi/index.ts'

/** A call with what the descriptors that it names lead to. */
export interface Call extends LoggedCall {
  readonly line: number
  /** On a VFIO device's own node: which of the context's, by the order of binding. */
  readonly device: number | null
  /** Where a field names the file of an object: the line of the call that made the object. */
  readonly madeAt: number | null
}

/**
 * What a context goes through: a call, or the end of a file that belongs to an object or a device
 * of it.
 */
export type Entry = {
  /** Entries whose spans overlap may have taken place in any order. */
  readonly span: readonly [begin: number, end: number] | null
} & (
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'object file closed'; readonly madeAt: number; readonly line: number }
  | { readonly kind: 'device file closed'; readonly device: number; readonly line: number }
  | { readonly kind: 'mmap' | 'munmap'; readonly offset: string; readonly line: number }
)

/** One context: one open of `/dev/iommu`, in whatever processes. */
export interface History {
  /** Counts the contexts of the log, from 1. */
  readonly number: number
  /** The line that opened it. */
  readonly line: number
  readonly entries: Entry[]
  /** VFIO devices that were to be bound to it. */
  devices: number
}

/** The contexts of a log, and the calls that belong to none. */
export interface Histories {
  readonly contexts: readonly History[]
  /** Calls on descriptors of which the log has no opening. */
  readonly strays: readonly Call[]
}

type File =
  | { readonly kind: 'context'; readonly history: History }
  | { readonly kind: 'object'; readonly history: History; readonly madeAt: number }
  | { readonly kind: 'device'; device: number | null; history: History | null }

/** The descriptor that a successful call has opened for an object: in which out field. */
function descriptorMade(call: LoggedCall): number | null {
  const field = outsideOf(call)?.makes?.find((made) => made.fd !== undefined)?.fd
  return field === undefined ? null : number(call.out, field)
}

/** Operations of `IOMMU_TEST_CMD` whose `id` is the descriptor of an access. */
const onAccess = new Set([
  'ACCESS_REPLACE_IOAS',
  'ACCESS_PAGES',
  'ACCESS_RW',
  'DESTROY_ACCESS_PAGES',
])

/** Reads a log from its first line to its last. */
class Reader {
  readonly contexts: History[] = []
  readonly strays: Call[] = []
  readonly #files = new Descriptors<File>((file) => this.#closed(file))
  #now: Logged | null = null

  read(logged: Logged): void {
    this.#now = logged
    const { pid } = logged
    if (!('event' in logged)) return this.#call(logged)
    switch (logged.event) {
      case 'open':
        return this.#files.open(pid, logged.fd, {
          kind: 'context',
          history: this.#history(logged.line),
        })
      case 'dup':
        return this.#files.dup(pid, logged.from, logged.fd)
      case 'close':
        return this.#files.close(pid, logged.fd)
      case 'fork':
        return this.#files.fork(logged.parent, pid)
      default: {
        const file = this.#files.at(pid, logged.fd)
        if (file?.kind !== 'context') return
        const { event: kind, offset, line } = logged
        file.history.entries.push({ kind, offset: String(offset), line, span: spanOf(logged) })
      }
    }
  }

  #history(line: number): History {
    const history: History = { number: this.contexts.length + 1, line, entries: [], devices: 0 }
    this.contexts.push(history)
    return history
  }

  #closed(file: File): void {
    const now = this.#now as Logged
    const at = { span: spanOf(now), line: now.line }
    if (file.kind === 'object')
      file.history.entries.push({ kind: 'object file closed', madeAt: file.madeAt, ...at })
    if (file.kind === 'device' && file.history !== null && file.device !== null)
      file.history.entries.push({ kind: 'device file closed', device: file.device, ...at })
  }

  /**
   * The file that a call is made on. That of a device looks like a context until the first call
   * that only devices have.
   */
  #fileOf({ pid, fd, ioctl }: LoggedCall): File | null {
    const file = this.#files.at(pid, fd)
    if (file?.kind !== 'context' || !(ioctl in vfioIoctls)) return file
    this.contexts.splice(this.contexts.indexOf(file.history), 1)
    const device: File = { kind: 'device', device: null, history: null }
    this.#files.replace(pid, fd, device)
    return device
  }

  #call(logged: LoggedCall & { readonly line: number }): void {
    const file = this.#fileOf(logged)
    const context =
      file?.kind === 'device'
        ? this.#binds(logged, file)
        : file?.kind === 'context'
          ? file.history
          : null
    const id = onAccess.has(logged.op ?? '') ? number(logged.in, 'id') : null
    const access = id === null ? null : this.#files.at(logged.pid, id)
    const call: Call = {
      ...logged,
      device: file?.kind === 'device' ? file.device : null,
      madeAt: access?.kind === 'object' ? access.madeAt : null,
    }
    if (context === null) {
      this.strays.push(call)
      return
    }
    context.entries.push({ kind: 'call', call, span: spanOf(logged) })
    const made = logged.ret >= 0 ? descriptorMade(logged) : null
    if (made !== null)
      this.#files.open(logged.pid, made, { kind: 'object', history: context, madeAt: logged.line })
  }

  /**
   * The context that a call on a device speaks of: that which it is bound to, or that which the
   * call is to bind it to.
   */
  #binds(logged: LoggedCall, file: File & { kind: 'device' }): History | null {
    const fd = number(logged.in, 'iommufd')
    const to = fd === null ? null : this.#files.at(logged.pid, fd)
    if (to?.kind !== 'context') return file.history
    file.device ??= to.history.devices++
    if (logged.ret >= 0) file.history ??= to.history
    return to.history
  }
}

/**
 * Tells the contexts of a log apart: follows descriptors through dup, fork and close.
 *
 * @throws TraceError TRC003 for a line that ends before it begins
 */
export function historiesOf(log: readonly Logged[]): Histories {
  const reader = new Reader()
  for (const logged of log) reader.read(logged)
  return {
    contexts: reader.contexts.map((history, i) => ({ ...history, number: i + 1 })),
    strays: reader.strays,
  }
}

function spanOf({ begin, end, line }: Logged): Entry['span'] {
  if (begin === undefined || end === undefined) return null
  if (end < begin)
    throw new TraceError('TRC003', line, `it ends at ${end}, before it begins at ${begin}`)
  return [begin, end]
}
