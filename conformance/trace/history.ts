import { Descriptors } from './descriptors.ts'
import { TraceError } from './errors.ts'
import type { Logged, LoggedCall } from './log-line.ts'
import { outsideIoctls, outsideOps } from './outside-ioctls.ts'

/** A call with what the descriptors that it names lead to. */
export interface Call extends LoggedCall {
  readonly line: number
  /** On a VFIO device's own node: which one, by the order of opening. */
  readonly device: number | null
  /** Where a field names the file of an object: the line of the call that made the object. */
  readonly madeAt: number | null
}

/** What a context goes through: a call, or the end of a file that belongs to an object or a device of it. */
export type Entry = {
  /** Entries whose spans overlap may have taken place in any order. */
  readonly span: readonly [begin: number | bigint, end: number | bigint] | null
} & (
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'object file closed'; readonly madeAt: number; readonly line: number }
  | { readonly kind: 'device file closed'; readonly device: number; readonly line: number }
)

/** One context: one open of `/dev/iommu`, in whatever processes. */
export interface History {
  /** Counts the contexts of the log, from 1. */
  readonly number: number
  /** The line that opened it. */
  readonly line: number
  readonly entries: Entry[]
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
  | { readonly kind: 'device'; readonly device: number; history: History | null }

/** The descriptor that a successful call has opened for an object: in which out field. */
function descriptorMade({ ioctl, op, out }: LoggedCall): number | null {
  const { makes = [] } = (op === undefined ? outsideIoctls[ioctl] : outsideOps[op]) ?? {}
  const field = makes.find((made) => made.fd !== undefined)?.fd
  const fd = field === undefined ? undefined : out?.[field]
  return typeof fd === 'number' ? fd : null
}

/** Operations of `IOMMU_TEST_CMD` whose `id` is the descriptor of an access. */
const onAccess = new Set(['ACCESS_REPLACE_IOAS', 'ACCESS_PAGES', 'ACCESS_RW', 'DESTROY_ACCESS_PAGES'])
/** The node of a VFIO device. */
const deviceNode = /\/vfio\/devices\//

/**
 * Tells the contexts of a log apart: follows descriptors through dup, fork and close.
 *
 * @throws TraceError TRC003 for a line that ends before it begins
 */
export function historiesOf(log: readonly Logged[]): Histories {
  const contexts: History[] = []
  const strays: Call[] = []
  let devices = 0
  let now: Logged = log[0]
  const files = new Descriptors<File>((file) => {
    const at = { span: spanOf(now), line: now.line }
    if (file.kind === 'object') file.history.entries.push({ kind: 'object file closed', madeAt: file.madeAt, ...at })
    if (file.kind === 'device') file.history?.entries.push({ kind: 'device file closed', device: file.device, ...at })
  })
  const opened = (path: string | undefined, line: number): File | null => {
    if (path !== undefined && deviceNode.test(path)) return { kind: 'device', device: devices++, history: null }
    if (path !== undefined && !path.endsWith('/iommu')) return null
    const history: History = { number: contexts.length + 1, line, entries: [] }
    contexts.push(history)
    return { kind: 'context', history }
  }
  const called = (logged: LoggedCall & { readonly line: number }) => {
    const { pid, fd, line } = logged
    const file = files.at(pid, fd)
    const binds = logged.in?.['iommufd']
    const bound = file?.kind === 'device' && typeof binds === 'number' ? files.at(pid, binds) : null
    if (file?.kind === 'device' && bound?.kind === 'context' && logged.ret >= 0) file.history = bound.history
    const id = logged.in?.['id']
    const access = onAccess.has(logged.op ?? '') && typeof id === 'number' ? files.at(pid, id) : null
    const call: Call = {
      ...logged,
      device: file?.kind === 'device' ? file.device : null,
      madeAt: access?.kind === 'object' ? access.madeAt : null,
    }
    const history = bound?.kind === 'context' ? bound.history : file === null || file.kind === 'object' ? null : file.history
    if (history === null) strays.push(call)
    else history.entries.push({ kind: 'call', call, span: spanOf(logged) })
    const made = logged.ret >= 0 ? descriptorMade(logged) : null
    if (history !== null && made !== null) files.open(pid, made, { kind: 'object', history, madeAt: line })
  }
  for (const logged of log) {
    now = logged
    if (!('event' in logged)) {
      called(logged)
      continue
    }
    switch (logged.event) {
      case 'open': {
        const file = opened(logged.path, logged.line)
        if (file === null) files.close(logged.pid, logged.fd)
        else files.open(logged.pid, logged.fd, file)
        break
      }
      case 'dup':
        files.dup(logged.pid, logged.fd, logged.to)
        break
      case 'close':
        files.close(logged.pid, logged.fd)
        break
      case 'fork':
        files.fork(logged.pid, logged.child)
        break
      case 'exit':
        files.exit(logged.pid)
    }
  }
  return { contexts, strays }
}

function spanOf({ begin, end, line }: Logged): Entry['span'] {
  if (begin === undefined || end === undefined) return null
  if (end < begin) throw new TraceError('TRC003', line, `it ends at ${end}, before it begins at ${begin}`)
  return [begin, end]
}
