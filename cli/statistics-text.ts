import type { Report } from '../checker/index.ts'
import { grouped } from './numbers.ts'
import { table } from './table.ts'

/** The sizes of the tables behind a run. */
export function statisticsText({ statistics: s, modelCalls }: Report): string {
  const sizes = [
    ['runs of model code', grouped(modelCalls)],
    ['steps of XState', grouped(s.xstateSteps)],
    ['leaves', grouped(s.leaves)],
    ...Object.entries(s.localStates).map(([kind, n]) => [`local states of ${kind}`, grouped(n)]),
    ...(s.neverEnabled.length === 0 ? [] : [['never enabled', s.neverEnabled.join(', ')]]),
  ]
  const outcomes = Object.entries(s.outcomes).map(([operation, codes]) => [
    operation,
    codes.join(' '),
  ])
  const taken = Object.entries(s.machineTransitions).map(([name, n]) => [name, grouped(n)])
  return [
    table(sizes),
    '  outcomes',
    table(outcomes, '    '),
    '  transitions of the machines',
    table(taken, '    '),
  ].join('\n')
}
