/** How a call can break a built-in property of calls: by an event, or by its locks. */
export type Broken = 'accepted' | 'locks'

/** What a trace says instead of an outcome where a call breaks a built-in property. */
export const brokenOutcomes: { readonly [B in Broken]: string } = {
  accepted: 'unaccepted',
  locks: 'locks',
}

/**
 * Thrown through user code when a component refuses an event (`code`), makes the action wait
 * (`blocks`) or does not accept it at all, or when a call misuses its locks.
 */
export class Refused extends Error {
  readonly reason: 'refused' | 'blocks' | Broken
  readonly code: string
  /** Set by the wrapper that turns it into an outcome; unset where user code has caught it. */
  taken = false
  constructor(reason: 'refused' | 'blocks' | Broken, code: string) {
    super(code)
    this.reason = reason
    this.code = code
  }
  /** The built-in property that it breaks, if any. */
  get breaks(): Broken | null {
    return this.reason === 'accepted' || this.reason === 'locks' ? this.reason : null
  }
}
