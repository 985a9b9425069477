import type { KernelMessage } from './kmsg.ts'

/** What one call gave. */
export interface OpResult {
  /** What it returned; -1 with an errno. A mapping's address is given as 0. */
  readonly ret: number
  /** The errno's name, or null. */
  readonly errno: string | null
  /** Fields that the kernel may write, after the call, whether it succeeded or not. */
  readonly out: Readonly<Record<string, number | bigint | readonly (number | bigint)[]>>
  /** Memory that the kernel may write, by the pointer field; `read` for what was read. */
  readonly memory: Readonly<Record<string, Uint8Array>>
  /**
   * Whether the failure that `failNth` asked for took place; false when the call had fewer steps
   * that can fail.
   */
  readonly injected: boolean
}

/**
 * How a sequence ended: `done`, all calls returned; `hung`, one did not return in time; `died`, one
 * took the process with it (an oops); `crashed`, one took the kernel with it.
 */
export type SequenceStatus = 'done' | 'hung' | 'died' | 'crashed'

/** What a sequence gave. */
export interface SequenceResult {
  readonly status: SequenceStatus
  /** One for each call that returned. */
  readonly results: readonly OpResult[]
  /** What the kernel said meanwhile. */
  readonly messages: readonly KernelMessage[]
}

/** Which kernel it was. */
export interface KernelIdentity {
  /** `uname -r`. */
  readonly release: string
  /** `uname -v`: build number and date. */
  readonly version: string
  readonly machine: string
}
