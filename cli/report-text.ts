import { retrace, traceText } from '../checker/index.ts'
import { grouped, megabytes, plural, seconds } from './numbers.ts'
import { verdictOf, type Judged, type Result } from './result.ts'
import { statisticsText } from './statistics-text.ts'
import { table } from './table.ts'

/** One run as text: what was explored, a line for each property, and the traces of what broke. */
export function runText(result: Result, stats: boolean): string {
  const { report, properties, missing } = result
  const explored = [
    plural(report.states, 'state'),
    plural(report.transitions, 'transition'),
    plural(report.refusals, 'refusal'),
    `depth ${report.depth}`,
    `symmetry ${report.symmetry ? 'on' : 'off'}`,
    seconds(report.seconds),
    megabytes(report.peakBytes),
  ]
  const parts = [
    `${title(result)}\n  ${explored.join(', ')}${report.complete ? '' : `\n  incomplete: stopped by ${report.cut}`}`,
    table(properties.map((p) => [mark(p), verdictText(p), p.id, p.says])),
    ...properties.map(vacuousText),
    ...properties.filter((p) => p.verdict === 'violated').map((p) => breakText(result, p)),
    ...missing.map((id) => `  ${id}: recorded as a finding, and it did not show`),
    ...(stats ? [statisticsText(report)] : []),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** `smoke, smmuv3, devices=3`; a proposal stands behind the driver. */
export const title = ({ choice }: Pick<Result, 'choice'>): string =>
  [
    choice.scope,
    choice.driver,
    ...(choice.proposal === undefined ? [] : [choice.proposal]),
    ...Object.entries(choice.settings).map(([name, value]) => `${name}=${value}`),
  ].join(', ')

/** All runs in one line. */
export function summaryText(results: readonly Result[], left: readonly string[]): string {
  const words = new Map<string, number>()
  for (const p of results.flatMap((r) => r.properties))
    words.set(wordFor(p), (words.get(wordFor(p)) ?? 0) + 1)
  const counts = [...words]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([word, n]) => `${grouped(n)} ${word}`)
  const notRun = left.length === 0 ? '' : `; interrupted before ${left.join('; ')}`
  return `${plural(results.length, 'run')}: ${counts.join(', ')}${notRun}`
}

/** Only what is exhaustive has a tick. */
const mark = (p: Judged) =>
  p.verdict === 'proved' || p.verdict === 'covered'
    ? '✓'
    : p.verdict === 'vacuous' || (p.verdict === 'violated' && !p.finding)
      ? '✗'
      : ' '

const wordFor = (p: Judged) => (verdictOf(p) === 'notCovered' ? 'not covered' : verdictOf(p))

const verdictText = (p: Judged) => ('by' in p ? `${p.verdict} (${p.by})` : wordFor(p))

const vacuousText = (p: Judged) =>
  p.verdict === 'vacuous' ? `  vacuous: ${p.id} says nothing here, ${p.note}` : ''

function breakText({ system }: Result, p: Judged): string {
  if (p.verdict !== 'violated') return ''
  const trace = traceText(retrace(system, p.trace, p.id))
  return `  ${wordFor(p)}: ${p.id} (${p.says})${p.note === '' || p.id === 'accepted' ? '' : `\n  ${p.note}`}\n${indented(trace)}`
}

const indented = (text: string) => text.replace(/^/gm, '  ')
