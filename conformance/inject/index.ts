/** Failures injected into the calls of a kernel, held against the model's points of failure. */
export { sweep, trials, type Sweep, type SweepOptions, type Swept } from './inject.ts'
export { disagreements, Trial, type Injection, type Verdict } from './judge.ts'
export { summaryOf, type Reached, type SweepSummary } from './report.ts'
export { sweepJson } from './report-json.ts'
export { sweepText } from './report-text.ts'
