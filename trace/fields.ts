import type { LogValue } from './log-line.ts'

type Fields = Readonly<Record<string, LogValue>> | undefined

/** A field that is a number; null where it was not logged, or is none. */
export function number(fields: Fields, name: string): number | null {
  const value = fields?.[name]
  return typeof value === 'number' ? value : null
}
