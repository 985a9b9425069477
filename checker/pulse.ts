import { performance } from 'node:perf_hooks'

/** Work, in microseconds or so, between two looks at the clock. */
const grain = 5000

/**
 * Tells long work when to pause, so that the event loop has its turn: signals and progress are
 * heard in between. Whoever works takes from `left` about as many microseconds as it needs; where
 * none is left, {@link isDue} says whether it is time. Nobody pauses before {@link start}.
 */
export class Pulse {
  left = grain
  #until = Infinity

  /** A turn of so many milliseconds begins. */
  start(milliseconds: number): void {
    this.#until = performance.now() + milliseconds
    this.left = grain
  }

  /** Asked where nothing is left: whether the turn is over. It stays so until the next begins. */
  isDue(): boolean {
    if (performance.now() < this.#until) {
      this.left = grain
      return false
    }
    return true
  }
}

/** Work that can pause wherever it yields, and comes to a result. */
export type Sliced<T> = Generator<undefined, T, undefined>

/** Does sliced work without a pause. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
  }
}
