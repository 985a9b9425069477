import type { Sweep } from './inject.ts'
import type { SweepSummary } from './report.ts'

/** A sweep as data. */
export function sweepJson({ kernel, sequences, boots, seconds }: Sweep, summary: SweepSummary) {
  const { disagreements, ...rest } = summary
  return {
    kernel,
    ...{ sequences, boots, seconds: Number(seconds.toFixed(1)) },
    ...rest,
    disagreements: disagreements.map(({ swept: { trial }, injection }) => ({
      action: trial.of.action,
      ...injection,
      calls: trial.calls.slice(0, trial.at + 1),
    })),
  }
}
