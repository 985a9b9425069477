import type { BoundName } from './kinds.ts'

/**
 * How many there are of everything; each number can be overridden on the command line. The list of
 * kinds says which numbers there are.
 */
export interface Bounds extends Readonly<Record<BoundName, number>> {
  /** Threads that interleave at the steps of paths; 0 makes every call one transition. */
  readonly callers: number
  /** 1: memory runs out and drivers refuse, everywhere that they can. */
  readonly failures: number
  /**
   * 1: kernel drivers and other owners want the groups too; those of mock devices are out of their
   * reach.
   */
  readonly owners: number
  /** 1: the context can be closed. */
  readonly closing: number
}
