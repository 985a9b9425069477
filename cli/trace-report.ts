import type { Validation, Verdict } from '../trace/index.ts'
import { total, type Counts, type Summary } from '../trace/summary.ts'
import { grouped, plural } from './numbers.ts'
import { table } from './table.ts'

/** Rows of a table; what is left over is told as a number. */
const most = 20

/** A validated log as text: what was rejected first, then the numbers. */
export function traceReportText(
  { driver, contexts, verdicts, cut }: Validation,
  summary: Summary,
): string {
  const { all, inModel, byIoctl, byProcess, reasons } = summary
  const rejected = verdicts.filter(({ status }) => status === 'rejected')
  const counts = (rows: ReadonlyMap<string | number, Counts>, what: string) =>
    cutTable(
      [[what, 'calls', 'predicted', 'outside', 'rejected']],
      [...rows].map(([name, c]) => [
        String(name),
        ...[total(c), c.predicted, c.outside, c.rejected].map(grouped),
      ]),
    )
  const parts = [
    ...rejected.map(rejectionText),
    ...cut.map(
      (line) =>
        `line ${line}: the search for an order of the calls that overlap from here on was cut short; the context was given up`,
    ),
    `${plural(total(all), 'call')} in ${plural(contexts, 'context')}, ${driver}: ${countsText(all)}`,
    `of the ${plural(total(inModel), 'call')} of ioctls that the model has: ${countsText(inModel)}`,
    counts(byIoctl, 'ioctl'),
    counts(byProcess, 'process'),
    ...(reasons.size === 0
      ? []
      : [
          cutTable(
            [['outside because', 'calls']],
            [...reasons].map(([why, n]) => [why, grouped(n)]),
          ),
        ]),
  ]
  return parts.join('\n\n')
}

function rejectionText({ line, pid, context, call, answer, reason, details }: Verdict): string {
  const of = context === null ? '' : `, context ${context}`
  return [
    `✗ line ${line}, process ${pid}${of}: ${call} → ${answer}`,
    `    ${reason}`,
    ...details.map((d) => `      ${d}`),
  ].join('\n')
}

const countsText = (counts: Counts) => {
  const share = (n: number) =>
    `${grouped(n)} (${total(counts) === 0 ? 0 : ((100 * n) / total(counts)).toFixed(1)} %)`
  return `${share(counts.predicted)} predicted, ${share(counts.outside)} outside the model, ${grouped(counts.rejected)} rejected`
}

function cutTable(head: readonly string[][], rows: readonly string[][]): string {
  const left = rows.length - most
  return `${table([...head, ...rows.slice(0, most)])}${left > 0 ? `\n  … and ${grouped(left)} more` : ''}`
}

/**
 * A validated log as `--format json` writes it: the numbers, and each call that the model has or
 * that it forbids.
 */
export function traceJson(
  { driver, contexts, verdicts, cut }: Validation,
  summary: Summary,
  version: string,
): object {
  const { all, inModel, byIoctl, byProcess, reasons } = summary
  return {
    version,
    driver,
    contexts,
    calls: total(all),
    ...all,
    inModel: { calls: total(inModel), ...inModel },
    cut,
    ioctls: [...byIoctl].map(([ioctl, counts]) => ({ ioctl, ...counts })),
    processes: [...byProcess].map(([pid, counts]) => ({ pid, ...counts })),
    reasons: [...reasons].map(([reason, calls]) => ({ reason, calls })),
    verdicts: verdicts.filter((verdict) => verdict.inModel || verdict.status === 'rejected'),
  }
}
