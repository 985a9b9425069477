import type { Progress } from '../checker/index.ts'
import { grouped, megabytes, seconds } from './numbers.ts'

/** Where progress goes: a terminal, or nowhere. */
export interface Terminal {
  readonly isTTY?: boolean
  write(text: string): unknown
}

const clear = '\r\u001b[K'

/**
 * A line that is written over and over while a search runs; silent where `stream` is no terminal.
 */
export function progressLine(
  stream: Terminal,
  label: string,
): { show(progress: Progress): void; end(): void } {
  if (stream.isTTY !== true) return { show: () => {}, end: () => {} }
  return {
    show: (progress) => void stream.write(`${clear}${label}: ${progressText(progress)}`),
    end: () => void stream.write(clear),
  }
}

/** `12,345 states, 99,999 transitions (1,234,567/s), depth 12, frontier 345, 120 MB, 0.08 s` */
function progressText({
  states,
  transitions,
  depth,
  frontier,
  seconds: s,
  bytes,
}: Progress): string {
  const rate = grouped(Math.round(transitions / Math.max(s, 1e-3)))
  return `${grouped(states)} states, ${grouped(transitions)} transitions (${rate}/s), depth ${depth}, frontier ${grouped(frontier)}, ${megabytes(bytes)}, ${seconds(s)}`
}
