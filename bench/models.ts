import type { System } from '../checker/index.ts'
import { peterson } from '../checker/zoo/peterson.ts'
import { philosophers } from '../checker/zoo/philosophers.ts'
import { twoPhaseCommit } from '../checker/zoo/two-phase-commit.ts'
import { peterson as petersonTwin } from './twins/peterson.ts'
import { philosophers as philosophersTwin } from './twins/philosophers.ts'
import type { Twin } from './twins/twin.ts'
import { twoPhaseCommit as twoPhaseCommitTwin } from './twins/two-phase-commit.ts'

/** A system with its twins. */
export interface Model {
  readonly title: string
  readonly system: (n: number) => System
  readonly twin: Twin
  /** The sizes measured. */
  readonly sizes: readonly number[]
  /** Sizes that take long: measured with `--large`. */
  readonly large: readonly number[]
}

/** What is measured, by the name that `run-ours` takes. */
export const models: { readonly [name: string]: Model } = {
  'two-phase-commit': {
    title: 'two-phase commit',
    system: twoPhaseCommit,
    twin: twoPhaseCommitTwin,
    sizes: [6, 7, 8],
    large: [9],
  },
  philosophers: {
    title: 'dining philosophers',
    system: (n) => philosophers(n),
    twin: philosophersTwin,
    sizes: [11, 12, 13],
    large: [],
  },
  peterson: {
    title: 'Peterson, filter lock',
    system: peterson,
    twin: petersonTwin,
    sizes: [5, 6],
    large: [],
  },
}
