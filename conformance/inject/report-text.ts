import type { Call } from './call.ts'
import { unreachable } from './exclusions.ts'
import type { Swept, Sweep } from './inject.ts'
import type { Injection, Verdict } from './judge.ts'
import type { SweepSummary } from './report.ts'

const words: Readonly<Record<Verdict, string>> = {
  agrees: 'ended as the model says of that point of failure, and so did all that followed',
  tolerated: 'changed nothing: the call ended as it does without',
  arguments: 'kept a call from reading its arguments, and nothing had happened',
  unnamed: 'kept an object from being found, as if its id named nothing',
  excluded: 'are left out of the model, for a reason',
  lacking: 'are missing in the model; they leave no trace',
  differs: 'ended, or were followed by what ended, other than the model says',
  warned: 'made the kernel complain, hang or die',
}

/** Numbers in rising order, runs of them as ranges: `1, 3–5`. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const n of numbers) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === n - 1) last[1] = n
    else runs.push([n, n])
  }
  return runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(', ')
}

function callText(call: Call): string {
  if (call.kind !== 'ioctl') return call.kind
  const { ioctl, op, in: fields } = call.request
  const shown = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? '…' : String(value)}`,
  )
  return [op === undefined ? ioctl : `${ioctl}(${op})`, ...shown].join(' ')
}

function disagreementText({
  swept: { trial },
  injection,
}: {
  readonly swept: Swept
  readonly injection: Injection
}): string {
  const { nth, outcome, site, point, verdict, detail } = injection
  const where =
    site === null
      ? 'a place that the kernel does not tell'
      : `${site.fault}, ${site.stack.slice(0, 8).join(' < ')}`
  return [
    `${trial.of.action}, step ${nth} fails → ${outcome}: ${verdict}${point === null ? '' : ` (${point})`}`,
    `    at ${where}`,
    ...(detail === null ? [] : [`    ${detail}`]),
    ...trial.calls.slice(0, trial.at + 1).map((call, i) => `    ${i + 1}. ${callText(call)}`),
  ].join('\n')
}

/** A sweep in words. */
export function sweepText(
  { kernel, sequences, boots, seconds }: Sweep,
  summary: SweepSummary,
): string {
  const { paths, injected, verdicts, reached, unreached, excluded } = summary
  const width = Math.max(...reached.map(({ point }) => point.length))
  const actions = [...new Set(reached.map(({ action }) => action))]
  const lines = [
    `Failures injected into the calls of Linux ${kernel.release} (${kernel.version})`,
    `  ${paths} paths of calls, ${injected} failures, ${sequences} sequences, ${boots} boots, ${seconds.toFixed(0)} s`,
    '',
    ...Object.entries(verdicts).map(
      ([verdict, n]) => `  ${String(n).padStart(5)}  ${words[verdict as Verdict]}`,
    ),
    '',
    'Points of failure of the model, and the steps of the calls that are there',
    ...actions.flatMap((action) => [
      `  ${action}`,
      ...reached
        .filter((one) => one.action === action)
        .map(
          ({ point, errnos, steps }) =>
            `    ${point.padEnd(width)}  ${errnos.join(', ')}  ${ranges(steps)}`,
        ),
    ]),
    ...(unreached.length === 0 ? [] : ['', 'Points of failure that no injection comes to']),
    ...unreached.map(
      ({ action, point }) =>
        `  ${action}: ${point}${point in unreachable ? `, as ${unreachable[point]}` : ''}`,
    ),
    ...(Object.keys(excluded).length === 0 ? [] : ['', 'Left out of the model']),
    ...Object.entries(excluded).map(([why, n]) => `  ${n} × ${why}`),
    ...summary.disagreements.flatMap((one) => ['', disagreementText(one)]),
  ]
  return lines.join('\n')
}
