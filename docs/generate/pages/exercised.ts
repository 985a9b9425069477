import type { PhrasingContent, RootContent } from 'mdast'
import type { Book, Lifecycle } from '../book/book.ts'
import { code, heading, joined, list, paragraph, type Inline } from '../formats/doc.ts'
import type { RecordedKernel } from '../book/recorded-kernel.ts'

/**
 * Which transitions which runs exercise, and, where a kernel's results are given, which were seen
 * there.
 */
export function exercised(
  book: Book,
  { text }: Lifecycle,
  recorded: RecordedKernel | null,
): RootContent[] {
  const short = (name: string) => code(name.slice(text.id.length + 1).replace(/\[0\]$/, ''))
  const names = text.transitions.map((t) => t.name)
  const listed = (all: readonly string[]) => joined(all.map(short))
  const groups = new Map<string, string[]>()
  const key = (name: string) =>
    book.runs
      .filter((run) => run.exercised.includes(name))
      .map((run) => run.name)
      .join(' ')
  for (const name of names) groups.set(key(name), [...(groups.get(key(name)) ?? []), name])
  const runs = (text: string): (string | PhrasingContent)[] =>
    text === ''
      ? ['no run']
      : text.split(' ').length === book.runs.length
        ? ['every run']
        : joined(text.split(' ').map(code))
  const width = (text: string) => (text === '' ? 0 : text.split(' ').length)
  return [
    heading(2, 'Exercised'),
    list(
      [...groups]
        .sort(([a], [b]) => width(b) - width(a))
        .map(([in_, all]) => [...runs(in_), ': ', ...listed(all)]),
    ),
    ...onKernel(names, recorded, listed),
  ]
}

/**
 * Which transitions a kernel was seen to make, and which are out of reach there; nothing of an
 * object that its driver does not have.
 */
function onKernel(
  names: readonly string[],
  recorded: RecordedKernel | null,
  listed: (all: readonly string[]) => (string | PhrasingContent)[],
): RootContent[] {
  if (recorded === null) return []
  const own = (all: readonly string[]) => names.filter((name) => all.includes(name))
  const confirmed = own(recorded.confirmed)
  const unreachable = Object.entries(recorded.unreachable)
    .map(([why, all]) => ({ why, all: own(all) }))
    .filter(({ all }) => all.length > 0)
  if (confirmed.length + unreachable.length === 0) return []
  return [
    paragraph([`On ${recorded.kernel}, driver `, code(recorded.driver), ':']),
    list([
      ['confirmed: ', ...listed(confirmed)],
      ...unreachable.map(({ why, all }): Inline => ['out of reach: ', ...listed(all), ` (${why})`]),
    ]),
  ]
}
