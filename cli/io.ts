import type { Catalogue } from './catalogue.ts'
import type { Terminal } from './progress.ts'

/** What a command has of the world. */
export interface Io {
  readonly catalogue: Catalogue
  readonly stdout: { write(text: string): unknown }
  readonly stderr: Terminal
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal
  readonly version: string
  /** The script of processes that explore the specification beside this one. */
  readonly worker?: URL
}
