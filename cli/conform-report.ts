import type { Conformance } from '../conformance/compare/conform.ts'
import { differenceText } from '../conformance/compare/text.ts'
import type { Coverage, Share } from '../conformance/compare/report.ts'
import { grouped, plural, seconds } from './numbers.ts'
import { table } from './table.ts'

/** A comparison as text: the differences, then what was covered and what cannot be. */
export function conformText(found: Conformance, coverage: Coverage): string {
  const { kernel, sequences, calls, boots, guestSeconds, differences, complete } = found
  const share = ({ confirmed, reachable, allowed }: Share) => [
    grouped(confirmed),
    grouped(reachable),
    allowed === undefined ? '' : grouped(allowed),
  ]
  const whys = new Map<string, number>()
  for (const { why } of coverage.unreachable.transitions)
    whys.set(why ?? 'not known', (whys.get(why ?? 'not known') ?? 0) + 1)
  const { pairsOfThose, pairsNeverInOrder } = coverage.unreachable
  return [
    ...differences.map(
      (shown, i) => `✗ difference ${i + 1}, in its shortest form:\n${differenceText(shown)}\n`,
    ),
    `Linux ${kernel?.release ?? '?'} ${kernel?.version ?? ''}, mock driver`,
    `${plural(sequences, 'sequence')}, ${plural(calls, 'call')}, ${plural(boots, 'boot')}, ${seconds(found.seconds)}, ${seconds(guestSeconds)} of them in the guest`,
    '',
    table([
      ['', 'confirmed', 'reachable', 'allowed by lifecycles alone'],
      ['outcomes of calls', ...share(coverage.outcomes)],
      ['ways through the machines', ...share(coverage.paths)],
      ['transitions', ...share(coverage.transitions)],
      ['pairs of transitions', ...share(coverage.pairs)],
    ]),
    '',
    'Not reachable on mock devices:',
    table([
      ...[...whys].map(([why, n]) => [plural(n, 'transition'), why]),
      [plural(pairsOfThose, 'pair'), 'one of the two is such a transition'],
      [plural(pairsNeverInOrder, 'pair'), 'a whole call sends what it sends in one order'],
    ]),
    '',
    differences.length > 0
      ? `${plural(differences.length, 'difference')}`
      : complete
        ? 'model and kernel agree'
        : 'cut short; no difference so far',
  ].join('\n')
}

/** A comparison as `--format json` writes it. */
export function conformJson(
  { targets: _t, confirmed: _c, differences, ...numbers }: Conformance,
  coverage: Coverage,
  version: string,
): object {
  return {
    version,
    driver: 'mock',
    ...numbers,
    coverage,
    differences: differences.map((shown) => ({
      ...shown.difference,
      calls: shown.plan.calls
        .slice(0, shown.difference.call + 1)
        .map(({ action, args, nameless }) => ({ action, args, nameless })),
      messages: shown.result.messages,
      text: differenceText(shown),
    })),
  }
}
