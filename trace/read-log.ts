import type { z } from 'zod'
import { TraceError } from './errors.ts'
import { callLine, eventLine, type Logged, type LoggedCall, type LoggedEvent } from './log-line.ts'

function json(text: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new TraceError('TRC001', line, error instanceof Error ? error.message : String(error))
  }
}

/**
 * Reads a log: a JSON object a line; empty lines are passed over.
 *
 * @throws TraceError TRC001 or TRC002 for a line that is none, TRC004 where there is no line
 */
export function readLog(text: string): Logged[] {
  const logged: Logged[] = []
  text.split('\n').forEach((written, i) => {
    if (written.trim() === '') return
    const line = i + 1
    const raw = json(written, line)
    const shape: z.ZodType<LoggedCall | LoggedEvent> = isEvent(raw) ? eventLine : callLine
    const read = shape.safeParse(raw)
    if (!read.success) throw new TraceError('TRC002', line, because(read.error))
    logged.push({ ...read.data, line })
  })
  if (logged.length === 0) throw new TraceError('TRC004', null, 'the log is empty')
  return logged
}

const isEvent = (raw: unknown) => typeof raw === 'object' && raw !== null && 'event' in raw

/** The first thing that is wrong with a line. */
function because({ issues: [first] }: z.ZodError): string {
  return first.path.length === 0 ? first.message : `${first.path.join('.')}: ${first.message}`
}
