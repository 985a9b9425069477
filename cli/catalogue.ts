import type { System } from '../checker/index.ts'

/** Numbers of a scope that are given anew on the command line. */
export type Settings = { readonly [name: string]: number }

/** One system that can be checked. */
export interface Choice {
  readonly scope: string
  readonly driver: string
  readonly settings: Settings
  /** A proposal, by its name or its file; as merged when left out. */
  readonly proposal?: string
}

/** All that the command line knows of the systems it checks. */
export interface Catalogue {
  readonly scopes: readonly string[]
  readonly drivers: readonly string[]
  /** What is checked where nothing is chosen. */
  readonly defaults: readonly { readonly scope: string; readonly driver: string }[]
  /** The names of the proposals. */
  readonly proposals: readonly string[]
  /** The same with a proposal in force: one of those named, or a file. */
  proposing(proposal: string): Promise<Catalogue>
  /** The names that `--set` takes for a scope, each with its default. */
  settings(scope: string): Settings
  build(choice: Choice): System
  /** The properties that are known to break, as recorded findings. */
  findings(choice: Choice): readonly string[]
}
