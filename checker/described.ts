import { isHandle } from './handles.ts'

/** A value of user code in a few words; it may be anything. */
export function described(value: unknown): string {
  if (isHandle(value)) return 'a handle'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'a function'
  return String(value)
}
