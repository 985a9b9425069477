/**
 * Thrown through user code when a component refuses an event (`code`), makes the action wait
 * (`blocks`) or does not accept it at all.
 */
export class Refused extends Error {
  readonly reason: 'refused' | 'blocks' | 'unaccepted'
  readonly code: string
  /** Set by the wrapper that turns it into an outcome; unset where user code has caught it. */
  taken = false
  constructor(reason: 'refused' | 'blocks' | 'unaccepted', code: string) {
    super(code)
    this.reason = reason
    this.code = code
  }
}
